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
complaints-sees-public-text = Hanya jumlahnya
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
complaints-receipt-received = Pengaduan diterima
complaints-receipt-title = Simpan nomor dan kode ini
complaints-receipt-keep = Cetak, foto, atau simpan keduanya. Kode tidak pernah dikirim lewat surel; tanpa kode, pengaduan anonim tidak dapat dilacak.
complaints-receipt-pdf = Unduh tanda terima
complaints-receipt-copy = Salin kode
complaints-receipt-next = Perjalanan pengaduan
complaints-receipt-told = Kabar dan kerahasiaan
complaints-receipt-track = Buka halaman pelacakan

## Lacak
complaints-track-title = Lacak pengaduan
complaints-track-lead = Nomor dan kode rahasia ada di tanda terima Anda.
complaints-track-number-hint = Misalnya ADU-2026-000123
complaints-track-code-hint = Enam belas angka, dengan atau tanpa spasi.
complaints-track-do = Lihat pengaduan
complaints-track-lost = Nomor atau kode hilang?
complaints-track-lost-text = Bila Anda memberi nomor telepon atau surel, petugas dapat membantu setelah memastikan itu memang Anda. Kode pengaduan anonim tidak dapat dipulihkan oleh siapa pun.
complaints-track-lost-link = Hubungi kantor

## Halaman status
complaints-status-answer = Jawaban
complaints-status-helped = Apakah jawaban ini membantu?
complaints-status-helped-note = Dijawab belum tentu selesai. Bila jawaban membantu, pengaduan ditutup; bila belum, pengaduan dibuka lagi dengan batas waktu baru.
complaints-status-helped-label = Penilaian Anda
complaints-status-helped-do = Kirim penilaian
complaints-status-reason = Apa yang masih kurang?
complaints-status-reason-hint = Isi bila jawaban belum membantu.
complaints-status-promises = Yang kami kerjakan karenanya
complaints-status-words = Yang Anda tulis
complaints-status-journey = Perjalanan pengaduan
complaints-status-message = Tambah pesan
complaints-status-message-label = Pesan untuk petugas
complaints-status-message-hint = Keterangan baru, atau jawaban atas pertanyaan petugas.
complaints-status-message-do = Kirim pesan

## Kotak masuk
complaints-inbox-title = Pengaduan
complaints-inbox-new = Catat pengaduan
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
complaints-field-subject-hint = Satu kalimat pendek, misalnya: KTP-el belum jadi setelah tiga minggu.
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
complaints-check-due = Dijawab paling lambat { $at }.
complaints-told-mail = Kabar dikirim ke { $address } saat pengaduan diterima dan dijawab.
complaints-told-nobody = Anda tidak memberi surel: lihat perkembangannya dengan nomor dan kode rahasia.

## Tanda terima
complaints-due-title = Dijawab paling lambat { $at }
complaints-due-note = { $days } hari kerja; hari diterima dihitung hari ke-0. Dasar: { $source }.
complaints-due-note-unset = { $days } hari kerja; hari diterima dihitung hari ke-0. Ini ketentuan bawaan sistem: instansi ini belum menetapkan batas waktunya sendiri.
complaints-day-due = { $reason }, sampai { $at }
complaints-pdf-title = Tanda Terima Pengaduan { $number }
complaints-pdf-heading = TANDA TERIMA PENGADUAN
complaints-pdf-code-note = Jangan diberikan kepada siapa pun. Dengan nomor dan kode ini pengaduan dilacak tanpa akun.
complaints-pdf-qr = Pindai untuk melihat status
complaints-pdf-received = Diterima
complaints-pdf-day = hari ke-{ $n }
complaints-pdf-day-skipped = tidak dihitung
complaints-pdf-next-1 = Petugas memeriksa pengaduan dan meneruskannya kepada bidang yang berwenang.
complaints-pdf-next-2 = Setiap perubahan tercatat pada halaman status; Anda dapat menambah pesan di sana.
complaints-pdf-next-3 = Setelah dijawab, Anda menyatakan apakah jawaban itu membantu. Jika belum, pengaduan dibuka kembali.
complaints-pdf-address = Alamat
complaints-pdf-free = Tidak dipungut biaya. Apabila tidak puas, Anda dapat melapor kepada Ombudsman RI atau SP4N-LAPOR!.

## Lacak
complaints-track-wrong = Nomor dan kode ini tidak cocok. Periksa keduanya pada tanda terima Anda.
complaints-track-again = Masukkan nomor dan kode rahasia untuk membuka halaman pengaduan.

## Halaman status
complaints-helped-yes = Ya, ini membantu
complaints-helped-yes-hint = Pengaduan ditutup.
complaints-helped-no = Belum membantu
complaints-helped-no-hint = Pengaduan dibuka lagi. Tulis di bawah apa yang masih kurang.
complaints-status-leave = Tutup halaman ini di komputer bersama
complaints-left = Halaman pengaduan sudah ditutup di peramban ini.
complaints-message-sent = Pesan Anda terkirim ke petugas.
complaints-closed-thanks = Terima kasih. Pengaduan ditutup.
complaints-reopened = Pengaduan dibuka lagi. Batas waktu barunya ada di bawah.
complaints-who-you = Anda
complaints-who-citizen = Warga
complaints-who-office = Petugas
complaints-headline-received = Pengaduan Anda sudah diterima
complaints-headline-incomplete = Pengaduan Anda perlu dilengkapi
complaints-headline-verified = Pengaduan Anda sudah diperiksa
complaints-headline-assigned = Pengaduan Anda sudah diteruskan
complaints-headline-in-progress = Pengaduan Anda sedang dikerjakan
complaints-headline-answered = Pengaduan Anda sudah dijawab
complaints-headline-reopened = Pengaduan Anda dibuka lagi
complaints-headline-closed = Pengaduan Anda sudah ditutup
complaints-headline-rejected = Pengaduan Anda tidak dapat diproses
complaints-headline-out-of-authority = Pengaduan Anda bukan wewenang kantor ini
complaints-headline-withdrawn = Pengaduan Anda dicabut
complaints-explain-received = Petugas akan memeriksanya dan meneruskannya kepada bidang yang berwenang.
complaints-explain-incomplete = Baca apa yang diminta pada perjalanan di bawah, lalu kirim sebagai pesan. Waktu jawab menunggu kelengkapan Anda.
complaints-explain-verified = Petugas sudah memeriksanya dan akan menentukan bidang yang menangani.
complaints-explain-assigned = Bidang yang berwenang sudah menerimanya dan akan menjawab.
complaints-explain-in-progress = Bidang yang berwenang sedang mencari penyelesaiannya.
complaints-explain-answered = Dijawab belum tentu selesai. Baca jawabannya, lalu sampaikan apakah itu membantu.
complaints-explain-reopened = Jawaban sebelumnya belum membantu. Kantor harus menjawab lagi sebelum batas waktu baru.
complaints-explain-closed = Tidak ada lagi yang dikerjakan pada pengaduan ini. Bila masalahnya muncul lagi, sampaikan pengaduan baru.
complaints-explain-rejected = Alasannya ada pada perjalanan di bawah.
complaints-explain-out-of-authority = Ke mana Anda dapat melapor tertulis pada perjalanan di bawah.
complaints-explain-withdrawn = Pengaduan ini tidak dikerjakan lagi. Riwayatnya tetap tersimpan.

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
complaints-inbox-any-status = Semua status
complaints-inbox-any-division = Semua bidang
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
complaints-case-reveal-hint = Alasan dan nama Anda tercatat. Identitas tampil selama 15 menit.
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

## Surel
complaint-mail-dear = Bapak/Ibu yang terhormat,
complaint-mail-received-subject = Pengaduan { $number } diterima
complaint-mail-received-text = Terima kasih. Pengaduan { $number } sudah diterima oleh { $unit }.
complaint-mail-received-due = Pengaduan ini dijawab paling lambat { $due }.
complaint-mail-track = Ikuti perkembangannya dengan nomor ini dan kode rahasia pada tanda terima:
complaint-mail-why-short = Demi kerahasiaan, surel ini tidak memuat isi pengaduan maupun kodenya. Jika Anda tidak menyampaikan pengaduan, abaikan surel ini.
complaint-mail-answered-subject = Pengaduan { $number } dijawab
complaint-mail-answered-text = { $unit } sudah menjawab pengaduan { $number }.
complaint-mail-answered-say = Mohon baca jawabannya, lalu sampaikan apakah masalahnya selesai. Bila belum, pengaduan dibuka kembali.
complaint-mail-assigned-subject = Pengaduan { $number } diteruskan kepada Anda
complaint-mail-assigned-text = Pengaduan { $number } diteruskan kepada { $division }.
complaint-mail-assigned-about = Perihal: { $subject }
complaint-mail-assigned-open = Buka pengaduan:
rule-complaint-transition = { $status ->
    [answered] Pengaduan ini sudah dijawab dan menunggu tanggapan warga.
    [closed] Pengaduan ini sudah ditutup.
    [rejected] Pengaduan ini sudah ditolak.
    [withdrawn] Pengaduan ini sudah dicabut.
    [out_of_authority] Pengaduan ini bukan wewenang kantor ini dan sudah selesai.
    [incomplete] Pengaduan ini menunggu kelengkapan. Teruskan dahulu ke bidang bila sudah lengkap.
   *[other] Langkah ini belum dapat dilakukan pada status pengaduan sekarang.
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
