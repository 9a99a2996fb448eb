# Pengaduan: formulir untuk umum, pelacakan, kotak masuk, dan penanganan.
complaints-number = Nomor pengaduan
complaints-code = Kode rahasia
complaints-step-write = tulis pengaduan
complaints-step-check = periksa, lalu kirim

## Formulir
complaints-new-title = Sampaikan pengaduan
complaints-new-lead = Tanpa akun dan tanpa biaya. Ceritakan dengan kata-kata Anda sendiri.
complaints-new-section-complaint = Pengaduan Anda
complaints-new-section-you = Tentang Anda
complaints-new-section-privacy = Siapa yang boleh tahu
complaints-new-you-note = Semua boleh kosong. Tanpa nomor atau surel kami tidak dapat menghubungi Anda, tetapi Anda tetap dapat melacak dengan kode rahasia.
complaints-new-do = Lanjut dan periksa
complaints-new-not-sent-yet = Belum terkirim. Di halaman berikut Anda membaca ulang semuanya sebelum mengirim.
complaints-field-service = Layanan
complaints-field-service-hint = Pilih yang paling dekat. Tidak tahu? Biarkan kosong.
complaints-field-description = Apa yang terjadi?
complaints-field-description-hint = Ceritakan urutannya dan siapa yang terlibat. Jangan menulis NIK atau nomor KK; kami akan meminta bila perlu.
complaints-field-name = Nama
complaints-field-phone = Nomor WhatsApp atau telepon
complaints-field-phone-hint = Agar petugas dapat menelepon bila perlu.
complaints-field-email = Surel
complaints-field-email-hint = Kami mengirim kabar saat pengaduan diterima dan dijawab, tanpa isi dan tanpa kode.
complaints-field-privacy = Pilihan Anda
complaints-sees-title = Siapa melihat apa
complaints-sees-who = Siapa
complaints-sees-text = Isi pengaduan
complaints-sees-name = Nama dan kontak
complaints-sees-officer = Petugas pengaduan
complaints-sees-officer-name = Ya; bila anonim hanya dengan alasan, dan tercatat
complaints-sees-handler = Bidang yang menangani
complaints-sees-handler-name = Ya, kecuali Anda memilih anonim
complaints-sees-public = Umum
complaints-sees-public-text = Jumlahnya; isinya hanya bila kantor memuat ringkasan tanpa nama dan tanda pengenal
complaints-sees-yes = Ya
complaints-sees-never = Tidak pernah
complaints-sees-logged = Setiap kali seseorang melihat nama Anda, hal itu tercatat.

## Periksa, lalu kirim
complaints-check-title = Periksa sebelum mengirim
complaints-check-lead = Baca sekali lagi. Setelah dikirim, isi pengaduan tidak dapat diubah, tetapi Anda dapat menambah pesan.
complaints-check-change = Ubah
complaints-check-next-title = Sesudah Anda mengirim
complaints-check-next-receipt = Anda langsung mendapat nomor pengaduan dan kode rahasia.
complaints-check-do = Kirim pengaduan
complaints-check-back = Kembali mengubah

## Tanda terima
complaints-receipt-received = { $voice } diterima
complaints-receipt-title = Simpan nomor dan kode ini
complaints-receipt-keep = Cetak, foto, atau simpan keduanya. Kode tidak pernah dikirim lewat surel; tanpa kode, pengaduan anonim tidak dapat dilacak.
complaints-receipt-pdf = Unduh tanda terima
complaints-receipt-copy = Salin kode
complaints-receipt-next = Perjalanan { $called }
complaints-receipt-told = Kabar dan kerahasiaan
complaints-receipt-track = Buka halaman pelacakan

## Lacak
complaints-track-title = Lacak pengaduan
complaints-track-lead = Nomor dan kode rahasia ada di tanda terima Anda. Nomornya hilang? Kodenya saja cukup.
complaints-track-number-hint = Misalnya ADU-2026-000123
complaints-track-code-hint = Enam belas angka, dengan atau tanpa spasi.
complaints-track-do = Lihat pengaduan
complaints-track-lost = Nomor atau kode hilang?
complaints-track-lost-text = Bila Anda memberi surel, tautan untuk kode baru dikirim ke sana. Bila Anda melapor dengan nama, petugas di loket membuat kode baru setelah melihat KTP. Kode pengaduan anonim tanpa surel tidak dapat dipulihkan oleh siapa pun.
complaints-track-lost-link = Hubungi kantor

## Halaman status
complaints-status-answer = Jawaban
complaints-status-helped = Apakah jawaban ini membantu?
complaints-status-helped-note = Dijawab belum tentu selesai. Bila jawaban membantu, { $called } ditutup; bila belum, { $called } dibuka lagi dengan batas waktu baru.
complaints-status-helped-label = Penilaian Anda
complaints-status-helped-do = Kirim penilaian
complaints-status-reason = Apa yang masih kurang?
complaints-status-reason-hint = Wajib diisi bila jawaban belum membantu.
complaints-status-promises = Yang kami kerjakan karenanya
complaints-status-words = Yang Anda tulis
complaints-status-journey = Perjalanan { $called }
complaints-status-message = Tambah pesan
complaints-status-message-label = Pesan untuk petugas
complaints-status-message-hint = Keterangan baru, atau jawaban atas pertanyaan petugas.
complaints-status-message-do = Kirim pesan

## Kotak masuk
complaints-inbox-title = Pengaduan
complaints-inbox-new = Catat pengaduan
complaints-inbox-more = Lainnya
complaints-inbox-view-do = Tampilkan
complaints-inbox-filters = Saringan cepat
complaints-inbox-due = Jatuh tempo
complaints-inbox-complaint = Pengaduan
complaints-inbox-channel = Kanal
complaints-inbox-service = Layanan
complaints-inbox-assignee = Penanggung jawab
complaints-inbox-status = Status
complaints-inbox-nobody = Belum ada

## Penanganan
complaints-case-text = Isi pengaduan
complaints-case-facts = Keterangan
complaints-case-history = Riwayat
complaints-case-answer = Jawab
complaints-case-answer-label = Jawaban untuk warga
complaints-case-answer-hint = Jelaskan apa yang sudah dilakukan dan apa langkah berikutnya. Hindari singkatan dinas.
complaints-case-answer-do = Kirim jawaban
complaints-case-note-do = Simpan catatan
complaints-case-assign = Disposisi
complaints-case-assign-to = Kepada
complaints-case-assign-note = Pesan disposisi
complaints-case-assign-do = Teruskan
complaints-case-reporter = Pelapor
complaints-case-reveal = Buka identitas
complaints-case-links = Rencana aksi
complaints-case-links-none = Belum dihubungkan dengan rencana aksi.
complaints-case-links-to = Hubungkan dengan
complaints-case-links-do = Hubungkan
complaints-case-links-new = Buat rencana aksi baru dari pengaduan ini

## Formulir
complaints-new-due = Dikirim sekarang, dijawab paling lambat { $at }.
complaints-new-for-unit = Untuk { $unit }.
complaints-new-privacy-note = Dua pilihan ini berdiri sendiri. Pilih salah satu, keduanya, atau tidak sama sekali. Apa pun pilihan Anda, nama tidak pernah tampil untuk umum.
complaints-field-unit = Kantor
complaints-field-service-none = Tidak tahu atau lainnya
complaints-field-subject = Perihal
complaints-field-subject-hint = Satu kalimat pendek, misalnya: Akta kelahiran belum selesai setelah tiga minggu.
complaints-field-anonymous = Anonim: sembunyikan nama dan kontak saya
complaints-field-anonymous-hint = Bidang yang menangani tidak melihat siapa Anda. Hanya petugas pengaduan yang dapat membukanya, dengan alasan, dan itu tercatat.
complaints-field-confidential = Rahasia: batasi siapa yang membaca isinya
complaints-field-confidential-hint = Isi hanya dibaca petugas pengaduan dan yang ditugasi menangani. Pimpinan dan pengawas hanya melihat bahwa pengaduan ada dan kapan harus dijawab.
complaints-sees-head = Pimpinan dan pengawas
complaints-sees-head-text = Ya, kecuali Anda memilih rahasia
complaints-not-given = Tidak diisi
complaints-units-title = Pengaduan untuk kantor mana?
complaints-units-lead = Pilih kantor yang melayani Anda.

## Pilihan kerahasiaan
complaints-privacy-open = Terbuka bagi penangan
complaints-privacy-open-meaning = nama dan isi dilihat petugas pengaduan dan bidang yang menangani; nama tidak pernah tampil untuk umum.
complaints-privacy-open-sees = Nama dan kontak Anda hanya dilihat petugas pengaduan dan bidang yang menangani, dan setiap kali dilihat tercatat.
complaints-privacy-anonymous = Anonim
complaints-privacy-anonymous-meaning = nama dan kontak tidak dilihat bidang yang menangani; hanya petugas pengaduan dapat membukanya, dengan alasan yang tercatat.
complaints-privacy-anonymous-sees = Anda memilih anonim: bidang yang menangani tidak melihat nama Anda. Petugas pengaduan hanya dapat membukanya dengan alasan, dan itu tercatat.
complaints-privacy-confidential = Rahasia
complaints-privacy-confidential-meaning = isi dan nama hanya dilihat petugas pengaduan dan yang ditugasi menangani, dan tidak pernah ditampilkan kepada umum.
complaints-privacy-confidential-sees = Anda memilih rahasia: isi dan nama hanya dilihat petugas pengaduan dan yang ditugasi menangani.
complaints-privacy-both = Anonim dan rahasia
complaints-privacy-both-meaning = isi hanya dilihat petugas pengaduan dan yang ditugasi; nama hanya dapat dibuka petugas pengaduan, dengan alasan yang tercatat.
complaints-privacy-both-sees = Anda memilih anonim dan rahasia: isi hanya dibaca petugas pengaduan dan yang ditugasi, dan nama Anda hanya dapat dibuka petugas pengaduan dengan alasan yang tercatat.
complaints-privacy-nameless-sees = Anda tidak memberi nama atau kontak. Isi pengaduan dilihat petugas pengaduan dan bidang yang menangani.
complaints-privacy-nameless-confidential-sees = Anda tidak memberi nama atau kontak, dan memilih rahasia: isi hanya dilihat petugas pengaduan dan yang ditugasi menangani.
complaints-flag-anonymous = Anonim
complaints-flag-confidential = Rahasia
complaints-check-too-many = Pengaduan ini belum terkirim. Dalam satu jam terakhir sudah banyak pengaduan masuk dari jaringan internet yang Anda pakai; ini bukan kesalahan Anda. Tulisan Anda tetap ada di halaman ini: tunggu { $minutes } menit lalu kirim lagi, atau sampaikan lewat telepon, WhatsApp, atau loket (lihat Hubungi kantor di bawah).
complaints-check-too-many-unit = Pengaduan ini belum terkirim. Dalam satu jam terakhir sangat banyak pengaduan masuk untuk kantor ini; ini bukan kesalahan Anda. Tulisan Anda tetap ada di halaman ini: tunggu { $minutes } menit lalu kirim lagi, atau sampaikan lewat telepon, WhatsApp, atau loket (lihat Hubungi kantor di bawah).
complaints-check-due = Dijawab paling lambat { $at }.
complaints-told-mail = Kabar dikirim ke { $address } saat pengaduan diterima dan dijawab.
complaints-told-nobody = Anda tidak memberi surel: lihat perkembangannya dengan nomor dan kode rahasia.

## Tanda terima
complaints-due-title = Dijawab paling lambat { $at }
complaints-due-note = { $days } hari kerja; hari penerimaan tidak dihitung. Dasar: { $source }.
complaints-due-note-unset = { $days } hari kerja; hari penerimaan tidak dihitung. Ini ketentuan bawaan sistem: instansi ini belum menetapkan batas waktunya sendiri.
complaints-day-due = { $reason }, sampai { $at }
complaints-pdf-title = Tanda Terima { $voice } { $number }
complaints-pdf-heading = TANDA TERIMA { $voice }
complaints-pdf-code-note = Jangan diberikan kepada siapa pun. Dengan nomor dan kode ini perkembangannya dilacak tanpa akun.
complaints-pdf-qr = Pindai untuk melihat status
complaints-pdf-received = Diterima
complaints-pdf-day = hari ke-{ $n }
complaints-pdf-day-skipped = tidak dihitung
complaints-pdf-next-1 = Petugas memeriksa { $called } Anda dan meneruskannya kepada bidang yang berwenang.
complaints-pdf-next-2 = Setiap perubahan tercatat pada halaman status; Anda dapat menambah pesan di sana.
complaints-pdf-next-3 = { $kind ->
    [praise] Tanggapan kantor tampil di halaman status. Tidak ada lagi yang perlu Anda lakukan.
   *[other] Setelah dijawab, Anda menyatakan apakah jawaban itu membantu. Jika belum, { $called } dibuka kembali.
 }
complaints-pdf-address = Alamat
complaints-pdf-free = Tidak dipungut biaya. Apabila tidak puas, Anda dapat melapor kepada Ombudsman RI atau SP4N-LAPOR!.

## Lacak
complaints-track-wrong-code = Kode ini tidak dikenal. Periksa 16 angka pada tanda terima Anda, atau tambahkan nomor pengaduannya.
complaints-track-wrong = Nomor dan kode ini tidak cocok. Periksa keduanya pada tanda terima Anda, atau kosongkan nomornya.
complaints-track-again = Masukkan nomor dan kode rahasia untuk membuka halaman pengaduan.

## Halaman status
complaints-helped-yes = Ya, ini membantu
complaints-helped-yes-hint = { $voice } ditutup.
complaints-helped-no = Belum membantu
complaints-helped-no-hint = { $voice } dibuka lagi. Tulis di bawah apa yang masih kurang.
complaints-status-leave = Tutup halaman ini di komputer bersama
complaints-left = Halaman status sudah ditutup di peramban ini.
complaints-message-sent = Pesan Anda terkirim ke petugas.
complaints-closed-thanks = Terima kasih. { $voice } Anda ditutup.
complaints-rated-waits = { $voice } ini sudah dibuka lagi dan menunggu jawaban baru dari kantor. Yang sudah Anda sampaikan tercatat di bawah; tidak perlu dikirim lagi.
complaints-rated-closed = { $voice } ini sudah ditutup. Yang sudah Anda sampaikan tercatat di bawah; tidak perlu dikirim lagi.
complaints-rated-ended = { $voice } ini tidak lagi menunggu penilaian Anda. Keadaannya sekarang tertulis di bawah.
complaints-takes-no-message = { $voice } ini sudah berakhir ({ $status }), jadi tidak menerima pesan lagi. Bila masih ada yang perlu disampaikan, sampaikan sebagai yang baru dan sebutkan nomor ini.
complaints-not-withdrawn = { $voice } ini tidak perlu dicabut lagi: keadaannya sekarang "{ $status }".
complaints-reopened = { $voice } Anda dibuka lagi. Batas waktu barunya ada di bawah.
complaints-who-you = Anda
complaints-who-citizen = Warga
complaints-who-office = Petugas
complaints-headline-received = { $voice } Anda sudah diterima
complaints-headline-incomplete = { $voice } Anda perlu dilengkapi
complaints-headline-verified = { $voice } Anda sudah diperiksa
complaints-headline-assigned = { $voice } Anda sudah diteruskan
complaints-headline-in-progress = { $voice } Anda sedang dikerjakan
complaints-headline-answered = { $voice } Anda sudah dijawab
complaints-headline-reopened = { $voice } Anda dibuka lagi
complaints-headline-closed = { $voice } Anda sudah ditutup
complaints-headline-rejected = { $voice } Anda tidak dapat diproses
complaints-headline-out-of-authority = { $voice } Anda bukan wewenang kantor ini
complaints-headline-withdrawn = { $voice } Anda dicabut
complaints-explain-received = Petugas akan memeriksanya dan meneruskannya kepada bidang yang berwenang.
complaints-explain-incomplete = Baca apa yang diminta di bawah, lalu kirim sebagai pesan. Batas waktu jawaban kami tetap berjalan.
complaints-explain-verified = Petugas sudah memeriksanya dan akan menentukan bidang yang menangani.
complaints-explain-assigned = Bidang yang berwenang sudah menerimanya dan akan menjawab.
complaints-explain-in-progress = Bidang yang berwenang sedang mencari penyelesaiannya.
complaints-explain-answered = { $kind ->
    [complaint] Dijawab belum tentu selesai. Baca jawabannya, lalu sampaikan apakah itu membantu.
    [praise] Kantor sudah menanggapi apresiasi Anda. Tidak ada yang perlu Anda lakukan.
   *[other] Baca jawabannya. Bila ada yang masih kurang, sampaikan di bawah.
 }
complaints-explain-reopened = Jawaban sebelumnya belum membantu. Kantor harus menjawab lagi sebelum batas waktu baru.
complaints-explain-closed = { $kind ->
    [praise] Kantor sudah menanggapi apresiasi Anda. Tidak ada lagi yang perlu Anda lakukan.
   *[other] Tidak ada lagi yang dikerjakan pada { $called } ini. Bila masalahnya belum selesai, lihat di bawah apakah { $called } ini masih dapat dibuka lagi; bila tidak, sampaikan { $called } baru.
 }
complaints-explain-rejected = Alasannya ada di bawah.
complaints-explain-out-of-authority = Ke mana Anda dapat melapor tertulis di bawah.
complaints-explain-withdrawn = { $voice } ini tidak dikerjakan lagi. Riwayatnya tetap tersimpan.

## Status, kanal, dan riwayat
complaint-status-received = Diterima
complaint-status-incomplete = Perlu kelengkapan
complaint-status-verified = Diperiksa
complaint-status-assigned = Diteruskan
complaint-status-in-progress = Dikerjakan
complaint-status-answered = Dijawab
complaint-status-reopened = Dibuka lagi
complaint-status-closed = Ditutup
complaint-status-rejected = Ditolak
complaint-status-out-of-authority = Bukan wewenang
complaint-status-withdrawn = Dicabut
complaint-channel-web = Situs web
complaint-channel-walk-in = Datang langsung
complaint-channel-letter = Surat
complaint-channel-phone = Telepon
complaint-channel-whatsapp = WhatsApp
complaint-channel-email = Surel
complaint-channel-suggestion-box = Kotak saran
complaint-channel-sp4n-lapor = SP4N-LAPOR!
complaint-channel-instagram = Instagram
complaint-channel-facebook = Facebook
complaint-channel-forum = Forum konsultasi
complaint-channel-other = Lainnya
complaint-event-received = Diterima
complaint-event-registered = Diterima dan dicatat petugas
complaint-event-incomplete = Perlu dilengkapi
complaint-event-verified = Diperiksa petugas
complaint-event-verified-rule = Dipilah menurut aturan otomatis
complaint-event-assigned = Diteruskan ke { $division }
complaint-event-started = Mulai dikerjakan
complaint-event-answered = Dijawab
complaint-event-reopened = Jawaban belum membantu, dibuka lagi
complaint-event-closed-citizen = Jawaban membantu, ditutup
complaint-event-closed-office = Ditutup petugas
complaint-event-closed-auto = Ditutup karena tidak ada tanggapan
complaint-event-rejected = Tidak dapat diproses
complaint-event-out-of-authority = Bukan wewenang kantor ini
complaint-event-withdrawn = Dicabut
complaint-event-message = Pesan dari warga
complaint-event-noted = Catatan internal
complaint-event-linked = Dihubungkan dengan rencana aksi
complaint-event-identity-unmasked = Identitas anonim dibuka
complaint-event-identity-shown = Identitas dilihat
complaint-event-receipt-printed = Tanda terima dicetak petugas
complaints-chip-in-time = Dijawab tepat waktu
complaints-chip-out-of-time = Dijawab terlambat
complaints-chip-ended = Tidak berjalan lagi
complaints-chip-paused = Menunggu warga

## Kotak masuk
complaints-view-late = Terlambat
complaints-view-today = Jatuh tempo hari ini
complaints-view-soon = Segera jatuh tempo
complaints-view-unassigned = Belum ditugaskan
complaints-view-open = Semua terbuka
complaints-view-all = Semua
complaints-inbox-summary-late = { $count } pengaduan terlambat
complaints-inbox-summary-today = { $count } pengaduan jatuh tempo hari ini
complaints-inbox-summary-soon = { $count } pengaduan segera jatuh tempo
complaints-inbox-summary-unassigned = { $count } pengaduan belum ditugaskan
complaints-inbox-summary-open = { $count } pengaduan terbuka, diurutkan menurut jatuh tempo
complaints-inbox-summary-all = { $count } pengaduan
complaints-inbox-search = Nomor atau kata
complaints-hidden-subject = Pengaduan rahasia
complaints-empty-title = Tidak ada pengaduan di sini
complaints-empty-text = Pengaduan warga masuk sendiri ke sini. Yang datang lewat loket, telepon, atau surat dapat Anda catat.
complaints-empty-good-title = Tidak ada, bagus
complaints-empty-good-text = Tidak ada pengaduan pada tampilan ini.

## Penanganan
complaints-case-hidden = Isi pengaduan rahasia hanya dibaca petugas pengaduan dan yang ditugasi menangani.
complaints-case-will-happen = Jawaban tampil di halaman status dan warga dikabari bila memberi surel. Warga lalu menyatakan apakah jawaban membantu.
complaints-case-note = Catatan internal
complaints-case-note-label = Catatan untuk rekan kerja
complaints-case-note-hint = Tidak pernah dilihat warga.
complaints-case-close = Tutup pengaduan
complaints-case-close-note = Warga belum menanggapi jawaban. Tutup bila tidak ada lagi yang ditunggu.
complaints-case-close-do = Tutup pengaduan ini
complaints-case-choose-division = Pilih bidang
complaints-case-anybody = Siapa saja di bidang itu
complaints-case-choose-action = Pilih rencana aksi
complaints-case-assign-person = Orang
complaints-case-assign-person-hint = Harus dari bidang yang dipilih. Pengaduan rahasia lalu hanya dibaca orang ini dan petugas.
complaints-person-not-of-division = Orang ini bukan penangan di bidang yang dipilih.
complaints-case-receipt = Tanda terima
complaints-case-reveal-reason = Alasan membuka identitas
complaints-case-reveal-hint = Alasan dan nama Anda tercatat dan dibaca pimpinan unit; jangan menulis nama pelapor. Identitas tampil selama 15 menit.
complaints-fact-received = Diterima
complaints-reporter-unmasked = Pelapor memilih anonim. Identitas ini Anda buka dengan alasan yang tercatat; jangan diteruskan ke bidang.
complaints-reporter-none = Pelapor tidak memberi nama atau kontak.
complaints-reporter-open = Hanya untuk menangani pengaduan ini. Setiap kali dilihat tercatat.
complaints-reporter-anonymous = Pelapor memilih anonim: identitasnya disembunyikan.
complaints-reporter-not-yours = Identitas hanya untuk petugas pengaduan dan yang menangani.
complaints-assigned = Pengaduan diteruskan. Penangannya dikabari.
complaints-answered = Jawaban terkirim. Warga dapat membacanya di halaman status.
complaints-noted = Catatan disimpan.
complaints-closed = Pengaduan ditutup.
complaints-unmasked = Identitas dibuka selama 15 menit. Hal ini tercatat.
complaints-linked = Pengaduan dihubungkan dengan rencana aksi.

## Mencatat pengaduan
complaints-register-title = Catat pengaduan
complaints-register-lead = Untuk pengaduan yang datang lewat loket, telepon, surat, atau cara lain. Tanda terima dapat dicetak sesudahnya.
complaints-register-description-hint = Tulis dengan kata-kata pelapor.
complaints-register-day = Hari diterima
complaints-register-time = Jam diterima
complaints-register-time-hint = Misalnya 09:30
complaints-register-do = Simpan pengaduan
complaints-register-cancel = Batal
complaints-registered = Pengaduan { $number } tercatat. Cetak tanda terimanya untuk pelapor.
complaints-received-in-future = Waktu diterima tidak boleh di masa depan.
complaints-received-too-long-ago = Yang diterima lebih dari { $years } tahun lalu tidak dicatat lagi di sini. Periksa tahunnya.

## Surel
complaint-mail-dear = Bapak/Ibu yang terhormat,
complaint-mail-received-subject = { $voice } { $number } diterima
complaint-mail-received-text = Terima kasih. { $voice } { $number } sudah diterima oleh { $unit }.
complaint-mail-received-until = { $kind ->
    [praise] { $voice } ini kami tanggapi paling lambat { $due }.
   *[other] { $voice } ini dijawab paling lambat { $due }.
 }
complaint-mail-received-due = Pengaduan ini dijawab paling lambat { $due }.
complaint-mail-track = Ikuti perkembangannya dengan nomor ini dan kode rahasia pada tanda terima:
complaint-mail-why-short = Demi kerahasiaan, surel ini tidak memuat apa yang ditulis maupun kodenya. Jika bukan Anda yang menyampaikannya, abaikan surel ini.
complaint-mail-answered-subject = { $voice } { $number } dijawab
complaint-mail-answered-text = { $unit } sudah menjawab { $called } { $number }.
complaint-mail-answered-say = { $kind ->
    [complaint] Mohon baca jawabannya, lalu sampaikan apakah masalahnya selesai. Bila belum, pengaduan dibuka kembali.
    [praise] Anda dapat membacanya di halaman status. Tidak ada yang perlu Anda lakukan.
   *[other] Mohon baca jawabannya. Bila ada yang masih kurang, sampaikan di halaman itu.
 }
complaint-mail-assigned-subject = Pengaduan { $number } diteruskan kepada Anda
complaint-mail-assigned-text = Pengaduan { $number } diteruskan kepada { $division }.
complaint-mail-assigned-away = Anda menerimanya sebagai pengganti { $name } yang sedang tidak di tempat.
complaint-mail-assigned-about = Perihal: { $subject }
complaint-mail-assigned-open = Buka pengaduan:
rule-complaint-transition = { $status ->
    [received] Langkah ini belum dapat dilakukan: pengaduan ini baru diterima. Periksa, teruskan ke bidang, atau jawab dahulu.
    [verified] Langkah ini belum dapat dilakukan: pengaduan ini sudah diperiksa. Teruskan ke bidang atau jawab dahulu.
    [assigned] Langkah ini belum dapat dilakukan: pengaduan ini sedang pada bidang. Jawab dahulu.
    [in_progress] Langkah ini belum dapat dilakukan: pengaduan ini sedang dikerjakan. Jawab dahulu.
    [reopened] Langkah ini belum dapat dilakukan: pengaduan ini dibuka lagi dan menunggu jawaban. Jawab dahulu.
    [answered] Pengaduan ini sudah dijawab dan menunggu tanggapan warga. Untuk menambah jawaban, buka lagi dahulu.
    [closed] Pengaduan ini sudah ditutup. Untuk mengerjakannya, buka lagi dahulu.
    [rejected] Pengaduan ini sudah ditolak atau digabungkan. Untuk mengerjakannya, buka lagi dahulu.
    [withdrawn] Pengaduan ini sudah dicabut. Untuk mengerjakannya, buka lagi dahulu.
    [out_of_authority] Pengaduan ini sudah dialihkan karena bukan wewenang kantor ini. Untuk mengerjakannya, buka lagi dahulu.
    [incomplete] Pengaduan ini menunggu kelengkapan dari warga. Yang dapat dilakukan: catat sudah diperiksa, teruskan ke bidang, atau jawab dengan keterangan yang ada.
   *[other] Langkah ini belum dapat dilakukan pada status pengaduan sekarang. Muat ulang halaman untuk melihat langkah yang tersedia.
}

## Jenis dan kelas
complaints-field-kind = Apa yang ingin Anda sampaikan?
complaint-kind-complaint = Pengaduan
complaint-kind-complaint-hint = Sesuatu tidak berjalan sebagaimana mestinya.
complaint-kind-aspiration = Aspirasi
complaint-kind-aspiration-hint = Usul atau harapan agar pelayanan lebih baik.
complaint-kind-information-request = Permintaan informasi
complaint-kind-information-request-hint = Pertanyaan tentang layanan, syarat, atau data.
complaint-kind-praise = Apresiasi
complaint-kind-praise-hint = Terima kasih untuk petugas atau layanan.
complaints-fact-class = Kelas penyelesaian
complaint-class-information-request = Permintaan informasi
complaint-class-not-supervisory = Tidak berkadar pengawasan
complaint-class-supervisory = Berkadar pengawasan

## Penanganan: langkah
complaint-status-merged = Digabungkan
complaint-event-completed = Dilengkapi warga
complaint-event-asked = Pertanyaan petugas
complaint-event-merged = Ditangani bersama pengaduan { $main }
complaint-event-answered-with-main = Dijawab bersama pengaduan { $main }
complaint-event-took-in = Pengaduan { $number } digabungkan ke sini
complaint-event-taken-up = Dibuka lagi oleh petugas
complaint-event-forwarded = Bukan wewenang kantor ini, dialihkan kepada { $body }
complaint-event-withdrawn-office = Dicabut atas permintaan warga, dicatat petugas
complaint-event-related = Dihubungkan dengan pengaduan { $number }
complaint-event-unrelated = Hubungan dengan pengaduan { $number } dilepas
complaint-event-split = Sebagian dipisahkan menjadi nomor { $number }
complaint-event-split-from = Dipisahkan dari nomor { $number }
complaint-event-attached = Berkas ditambahkan
complaints-case-moves = Langkah
complaints-move-periksa-title = Periksa: dapat ditangani
complaints-move-periksa-note = Isinya jelas dan kantor ini berwenang. Disposisi dan jawaban sekaligus mencatat pemeriksaan.
complaints-move-periksa-do = Catat sudah diperiksa
complaints-move-mulai-title = Mulai kerjakan
complaints-move-mulai-note = Warga melihat bahwa pengaduannya sedang dikerjakan.
complaints-move-mulai-do = Mulai
complaints-move-lengkapi-title = Minta kelengkapan
complaints-move-lengkapi-note = Pengaduan menunggu warga. Pesan warga berikutnya mengembalikannya ke meja ini.
complaints-move-lengkapi-do = Minta kelengkapan
complaints-move-tutup-title = Tutup pengaduan
complaints-move-tutup-note = Warga belum menanggapi jawaban. Tutup bila tidak ada lagi yang ditunggu.
complaints-move-tutup-do = Tutup pengaduan ini
complaints-move-buka-lagi-title = Buka lagi
complaints-move-buka-lagi-note = Untuk yang ditutup, ditolak, dialihkan, dicabut, atau digabungkan karena keliru. Batas waktu baru dihitung mulai sekarang dan warga dikabari.
complaints-move-buka-lagi-do = Buka lagi pengaduan ini
complaints-move-tanya-title = Tanya warga tanpa menunggu
complaints-move-tanya-note = Pertanyaan tampil di halaman status. Waktu jawab tetap berjalan.
complaints-move-tanya-do = Kirim pertanyaan
complaints-move-tolak-title = Tolak atau gabungkan
complaints-move-tolak-note = Yang ditolak langsung dikabarkan kepada warga. Yang sama dengan pengaduan lain digabungkan: keduanya ditampilkan dahulu, baru Anda memutuskan. Dapat dibatalkan dengan membuka lagi.
complaints-move-tolak-do = Tolak, atau lihat dahulu penggabungannya
complaints-move-alihkan-title = Bukan wewenang: alihkan
complaints-move-alihkan-note = Warga dikabari ke mana pengaduannya dialihkan.
complaints-move-alihkan-do = Alihkan dan kabari warga
complaints-move-pisahkan-title = Pisahkan sebagian
complaints-move-pisahkan-note = Untuk dua masalah dalam satu pengaduan. Pengaduan baru memakai pelapor, kode rahasia, dan waktu diterima yang sama; naskah asli tidak berubah.
complaints-move-pisahkan-do = Buat pengaduan terpisah
complaints-move-cabut-title = Catat pencabutan
complaints-move-cabut-note = Bila warga menyampaikan bahwa pengaduannya dicabut.
complaints-move-cabut-do = Catat pencabutan
complaints-field-class-label = Kelas penyelesaian
complaints-field-class-hint = Menentukan berapa lama penyelesaian boleh berlangsung.
complaints-class-later = Belum ditentukan
complaints-field-ask-text-label = Apa yang kurang?
complaints-field-ask-text-hint = Warga membaca kalimat ini. Sebutkan satu per satu apa yang diperlukan.
complaints-field-reopen-reason-label = Alasan
complaints-field-reopen-reason-hint = Tampil pada riwayat, juga bagi warga.
complaints-field-question-label = Pertanyaan
complaints-field-question-hint = Warga membacanya di halaman status.
complaints-field-reject-reason-label = Alasan
complaints-field-reject-reason-hint = { "" }
complaints-reject-unclear = Tidak dapat dipahami
complaints-reject-duplicate = Sama dengan pengaduan lain: gabungkan
complaints-field-reject-main-label = Digabungkan ke dalam pengaduan nomor
complaints-field-reject-main-hint = Hanya bila digabungkan, misalnya ADU-2026-000123 atau 123. Yang serupa ada di bagian "Mungkin tentang hal yang sama".
complaints-field-reject-text-label = Penjelasan bagi warga
complaints-field-reject-text-hint = Wajib bila ditolak; boleh kosong bila digabungkan.
complaints-field-forward-body-label = Dialihkan kepada
complaints-field-forward-body-hint = Nama instansi yang berwenang.
complaints-field-forward-text-label = Penjelasan bagi warga
complaints-field-forward-text-hint = Bagaimana kelanjutannya di sana, alamat atau nomornya.
complaints-field-split-subject-label = Perihal pengaduan baru
complaints-field-split-subject-hint = { "" }
complaints-field-split-description-label = Bagian yang dipisahkan
complaints-field-split-description-hint = Hapus yang bukan bagian dari masalah ini.
complaints-field-split-service-label = Layanan
complaints-field-split-service-hint = { "" }
complaints-field-withdraw-reason-label = Bagaimana warga menyampaikannya?
complaints-field-withdraw-reason-hint = Misalnya: lewat telepon pada Senin pagi.
complaints-verified = Pengaduan dicatat sudah diperiksa.
complaints-asked-completion = Warga diminta melengkapi. Pengaduan menunggu pesannya.
complaints-started = Pengaduan sedang dikerjakan.
complaints-taken-up = Pengaduan dibuka lagi dengan batas waktu baru. Warga dikabari.
complaints-rejected = Tersimpan. Warga dikabari.
complaints-forwarded = Pengaduan dialihkan. Warga dikabari.
complaints-withdrawn = Pencabutan dicatat.
complaints-withdrawn-thanks = { $voice } Anda dicabut. Riwayatnya tetap tersimpan.
complaints-related = Kedua pengaduan dihubungkan.
complaints-unrelated = Hubungan dilepas.
complaints-split = Pengaduan { $number } dibuat. Warga dikabari.
complaints-asked = Pertanyaan terkirim.
complaints-attached = Berkas ditambahkan.
complaints-other-unknown = Pengaduan dengan nomor ini tidak ada di kantor ini. Periksa nomornya.
complaints-other-itself = Ini pengaduan yang sama. Tulis nomor pengaduan yang lain.
complaints-other-anonymised = Pengaduan itu sudah dianonimkan: tidak ada lagi isinya untuk dibandingkan. Pilih pengaduan yang lain.
complaints-link-one-of = Isi salah satu: related atau action_item.
complaints-mention-unknown = { $person } tidak dapat membuka pengaduan ini. Pilih rekan dari daftar.
complaints-mention-none = Tidak ada
complaints-mention-label = Kabari rekan
complaints-mention-hint = Rekan ini dikabari lewat surel. Yang lain dapat disebut dalam catatan dengan @alamat-surel.
complaints-answer-placeholder = { $placeholder } belum diisi. Ganti dengan kata yang sebenarnya.
complaints-files-many = Paling banyak { $most } berkas sekaligus.
complaints-files-title = Berkas
complaints-files-none = Belum ada berkas.
complaints-files-label = Tambah berkas
complaints-files-hint = Foto, PDF, DOCX, atau XLSX.
complaints-files-visible = Warga boleh membukanya di halaman status
complaints-files-do = Tambahkan
complaints-file-by-citizen = dari warga
complaints-file-for-citizen = dapat dibuka warga
complaints-file-inside = hanya di dalam kantor
complaints-present = { $names } juga sedang membuka pengaduan ini.
complaints-draft-do = Simpan draf
complaints-draft-at = Draf tersimpan { $at }. Hanya Anda yang melihatnya.
complaints-draft-saved = Draf tersimpan.
complaints-case-will-happen-merged = { $count } pengaduan yang digabungkan menerima jawaban yang sama: jangan menulis nama atau data pribadi di dalamnya. {"{nomor}"}, {"{perihal}"}, dan {"{nama}"} diisi untuk tiap warga saat dikirim.
complaints-case-relatives = Pengaduan terkait
complaints-case-relatives-none = Belum ada pengaduan terkait.
complaints-relation-main = Ditangani dalam
complaints-relation-merged = Digabungkan ke sini
complaints-relation-related = Terkait
complaints-relation-part = Dipisahkan menjadi
complaints-relation-whole = Dipisahkan dari
complaints-relate-hint = Misalnya ADU-2026-000123, atau angka belakangnya saja: 123
complaints-relate-label = Nomor pengaduan lain
complaints-relate-do = Hubungkan
complaints-unrelate-do = Lepas
complaints-standard-title = Jawaban baku
complaints-standard-lead = Naskah yang sering dipakai. Setiap jawaban tetap dibaca dan disesuaikan sebelum dikirim.
complaints-standard-list = Naskah kantor ini
complaints-standard-none = Belum ada naskah. Tulis yang pertama di samping.
complaints-standard-new = Naskah baru
complaints-standard-change = Ubah naskah
complaints-standard-field-title = Judul
complaints-standard-field-text = Naskah
complaints-standard-field-hint = Kata dalam kurung kurawal diganti dengan data pengaduan saat disisipkan.
complaints-standard-placeholders = Dapat dipakai:
complaints-standard-save = Simpan
complaints-standard-remove = Hapus
complaints-standard-added = Naskah disimpan.
complaints-standard-changed = Naskah diubah.
complaints-standard-removed = Naskah dihapus.
complaints-standard-inserted = Naskah disisipkan. Baca dan sesuaikan sebelum dikirim.
complaints-standard-choose = Pilih naskah
complaints-standard-insert = Jawaban baku
complaints-standard-insert-do = Sisipkan
complaints-standard-any-service = layanan kami
complaints-standard-no-name = Bapak/Ibu
complaints-standard-unknown = { $placeholder } tidak dikenal. Yang dapat dipakai: { $known }.
complaints-standard-title-taken = Judul ini sudah dipakai naskah lain.
complaints-headline-merged = { $voice } Anda ditangani bersama pengaduan lain
complaints-explain-merged = Beberapa warga menyampaikan masalah yang sama, dan masalah itu ditangani bersama. Jawabannya tampil di halaman ini juga, dan Anda dikabari bila memberi surel.
complaints-status-dispute = Masalahnya belum selesai?
complaints-status-dispute-note = { $voice } dapat dibuka lagi sampai { $until }.
complaints-status-dispute-do = Buka lagi { $called }
complaints-status-withdraw = Cabut { $called }
complaints-status-withdraw-note = { $voice } ini lalu tidak dikerjakan lagi, juga bila sudah dijawab. Pencabutan langsung berlaku dan tidak dapat Anda batalkan sendiri; bila keliru, hubungi kantor. Riwayatnya tetap tersimpan.
complaints-status-withdraw-reason = Alasan
complaints-status-withdraw-do = Cabut { $called } ini
rule-complaint-reopen-window = Waktu untuk membukanya lagi sudah lewat. Sampaikan sekali lagi sebagai yang baru dan sebutkan nomor ini.
rule-complaint-merge-confidential = Pengaduan utama bersifat rahasia: jawabannya tidak boleh dibaca pelapor lain. Hubungkan saja keduanya.
rule-complaint-merge-ended = Pengaduan utama sudah ditolak, dialihkan, atau dicabut, jadi tidak akan dijawab. Pilih yang lain atau buka lagi dahulu.

## Surel kabar
complaint-mail-news-asked-subject = { $voice } { $number } perlu dilengkapi
complaint-mail-news-asked-text = { $unit } memerlukan kelengkapan dari Anda untuk { $called } { $number }. Baca apa yang diperlukan dan kirim sebagai pesan di halaman status.
complaint-mail-news-question-subject = Pertanyaan tentang { $called } { $number }
complaint-mail-news-question-text = { $unit } mempunyai pertanyaan tentang { $called } { $number }. Jawab di halaman status.
complaint-mail-news-rejected-subject = { $voice } { $number } tidak dapat diproses
complaint-mail-news-rejected-text = { $unit } tidak dapat memproses { $called } { $number }. Alasannya tertulis di halaman status.
complaint-mail-news-merged-subject = { $voice } { $number } ditangani bersama pengaduan lain
complaint-mail-news-merged-text = Masalah pada { $called } { $number } ditangani { $unit } bersama pengaduan lain tentang hal yang sama. Anda tetap menerima jawabannya.
complaint-mail-news-forwarded-subject = { $voice } { $number } dialihkan
complaint-mail-news-forwarded-text = { $voice } { $number } bukan wewenang { $unit }. Ke mana { $called } itu dialihkan tertulis di halaman status.
complaint-mail-news-withdrawn-subject = { $voice } { $number } dicabut
complaint-mail-news-withdrawn-text = Atas permintaan Anda, { $unit } mencatat { $called } { $number } sebagai dicabut. Bila ini keliru, hubungi kantor.
complaint-mail-news-taken-up-subject = { $voice } { $number } dibuka lagi
complaint-mail-news-taken-up-text = { $unit } membuka lagi { $called } { $number }. Jawaban paling lambat { $due }.
complaint-mail-news-split-subject = { $voice } baru { $number } dari yang Anda sampaikan
complaint-mail-news-split-text = { $unit } memisahkan sebagian yang Anda sampaikan menjadi { $called } { $number }, supaya setiap hal dijawab. Kode rahasianya sama dengan kode semula.
complaint-mail-notice-mentioned-subject = { $by } menyebut Anda pada pengaduan { $number }
complaint-mail-notice-mentioned-text = { $by } menyebut Anda dalam catatan internal pengaduan { $number }.
complaint-mail-notice-completed-subject = Pengaduan { $number } sudah dilengkapi
complaint-mail-notice-completed-text = Warga sudah menjawab permintaan kelengkapan pengaduan { $number }. Periksa dan lanjutkan.
complaint-mail-notice-wrote-subject = Pesan warga pada pengaduan { $number }
complaint-mail-notice-wrote-text = { $files ->
    [0] Warga menulis { $messages ->
        [1] pesan
       *[other] { $messages } pesan
    } pada pengaduan { $number }.
   *[other] { $messages ->
        [0] Warga menambah { $files } berkas pada pengaduan { $number }.
       *[other] Warga menulis { $messages } pesan dan menambah { $files } berkas pada pengaduan { $number }.
    }
}
complaint-mail-notice-disputed-subject = Jawaban pengaduan { $number } belum membantu
complaint-mail-notice-disputed-text = Warga menyatakan jawaban pengaduan { $number } belum membantu. Pengaduan dibuka lagi dengan batas waktu baru.
complaint-mail-notice-withdrawn-subject = Pengaduan { $number } dicabut warga
complaint-mail-notice-withdrawn-text = Warga mencabut pengaduan { $number }. Tidak ada lagi yang perlu dikerjakan.

## Sekaligus
complaints-bulk-choose = Pilih
complaints-bulk-all = Semua di halaman ini
complaints-bulk-lead = Untuk yang dipilih:
complaints-bulk-assign = Disposisi sekaligus
complaints-bulk-answer = Jawab sekaligus
complaints-bulk-close = Tutup sekaligus
complaints-bulk-many = Paling banyak { $most } pengaduan sekaligus.
complaints-bulk-none = Pilih dahulu setidaknya satu pengaduan.
complaints-bulk-one-unit = Pilih pengaduan dari satu kantor saja.
complaints-bulk-summary = { $possible } akan dikerjakan, { $rest } tetap seperti sekarang.
complaints-bulk-assign-title = Disposisi sekaligus
complaints-bulk-answer-title = Jawab sekaligus
complaints-bulk-close-title = Tutup sekaligus
complaints-bulk-assign-do = Teruskan { $count } pengaduan
complaints-bulk-answer-do = Kirim jawaban untuk { $count } pengaduan
complaints-bulk-close-do = Tutup { $count } pengaduan
complaints-bulk-assign-will = Diteruskan
complaints-bulk-answer-will = Dijawab
complaints-bulk-close-will = Ditutup
complaints-bulk-stays = Tetap
complaints-bulk-gone = Tidak lagi dapat Anda lihat: sudah diteruskan ke bidang lain atau dirahasiakan.
complaints-bulk-changed = Sejak pratinjau ini dibuka, { $numbers } tidak dapat Anda lihat lagi. Belum ada yang dikerjakan: lihat sisanya di bawah, lalu kirim sekali lagi.
complaints-bulk-will = Yang akan terjadi
complaints-bulk-nothing = Tidak satu pun dari pengaduan ini dapat dikerjakan sekarang. Alasannya ada di samping setiap baris.
complaints-bulk-back = Kembali ke daftar
complaints-bulk-answer-hint = Setiap warga menerima naskah yang sama: jangan menulis data pribadi di dalamnya. {"{nomor}"}, {"{perihal}"}, {"{nama}"}, {"{layanan}"}, {"{bidang}"}, {"{kantor}"}, {"{tanggal_diterima}"}, dan {"{batas_waktu}"} diisi untuk tiap warga saat dikirim; yang namanya tidak terbuka disapa Bapak/Ibu.
complaints-bulk-progress = { $done } dari { $total } selesai
complaints-bulk-reload = Perbarui
complaints-bulk-whole = Semua selesai.
complaints-bulk-before = Sudah Anda kerjakan sebelumnya.
complaints-bulk-before-count = { $count } di antaranya sudah terkirim atau sudah Anda kerjakan sebelum kiriman ini. Tidak ada yang dikerjakan dua kali.
complaints-bulk-other-words = Sudah Anda jawab sebelumnya dengan naskah yang berbeda; naskah yang baru tidak dikirim. Bila masih perlu, buka lagi pengaduannya lalu kirim.
complaints-bulk-refused = Tetap seperti semula
complaints-fact-kind = Jenis
complaints-other-meant = Yang dimaksud { $number }: "{ $subject }" ({ $status })? Bila benar, tulis nomor lengkapnya.
complaints-other-meant-through = Yang dimaksud { $named }, yang sudah digabungkan ke dalam { $number }: "{ $subject }" ({ $status })? Bila benar, tulis nomor lengkapnya.
complaints-reject-into-closed = Pengaduan utama sudah ditutup dan tidak mendapat jawaban lagi. Gabungkan lewat penggabungan (API: `merge`) dan pilih jawaban untuk warga ini.
