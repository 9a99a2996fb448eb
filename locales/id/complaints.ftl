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
complaints-field-happened-on = Kapan terjadi?
complaints-field-happened-on-hint = Kira-kira pun tidak apa-apa.
complaints-field-place = Di mana?
complaints-field-place-hint = Misalnya: loket 3, situs web, atau nama kelurahan.
complaints-field-wish = Apa yang Anda harapkan?
complaints-field-wish-hint = Misalnya: dokumen diselesaikan, permintaan maaf, atau penjelasan tertulis.
complaints-field-files = Foto atau berkas
complaints-field-name = Nama
complaints-field-phone = Nomor WhatsApp atau telepon
complaints-field-phone-hint = Kabar dikirim ke nomor ini setiap ada perubahan.
complaints-field-email = Surel
complaints-field-email-hint = Kabar juga dikirim ke surel ini.
complaints-field-privacy = Nama Anda
complaints-field-privacy-hint = Apa pun pilihan Anda, nama tidak pernah tampil untuk umum.
complaints-sees-title = Siapa melihat apa
complaints-sees-who = Siapa
complaints-sees-text = Isi pengaduan
complaints-sees-name = Nama dan kontak
complaints-sees-officer = Petugas pengaduan
complaints-sees-officer-name = Ya, kecuali Anda memilih anonim
complaints-sees-handler = Bidang yang menangani
complaints-sees-handler-name = Hanya bila Anda memilih terbuka
complaints-sees-public = Umum
complaints-sees-public-text = Hanya jumlah dan ringkasan tanpa nama
complaints-sees-yes = Ya
complaints-sees-never = Tidak pernah
complaints-sees-logged = Setiap kali petugas membuka nama Anda, hal itu tercatat.

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
complaints-receipt-keep = Kode rahasia hanya ditampilkan sekali di sini. Cetak, foto, atau simpan; tanpa kode, pengaduan anonim tidak dapat dilacak.
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
complaints-status-helped-note = Dijawab belum tentu selesai. Bila belum membantu, pengaduan dibuka lagi. Anda dapat menilai sampai { $until }.
complaints-status-helped-label = Penilaian Anda
complaints-status-helped-do = Kirim penilaian
complaints-status-reason = Apa yang masih kurang?
complaints-status-reason-hint = Isi bila jawaban belum membantu.
complaints-status-promises = Yang kami kerjakan karenanya
complaints-status-journey = Perjalanan pengaduan
complaints-status-message = Tambah pesan
complaints-status-message-label = Pesan untuk petugas
complaints-status-message-hint = Keterangan baru, jawaban atas pertanyaan petugas, atau berkas tambahan.
complaints-status-message-do = Kirim pesan
complaints-status-withdraw = Cabut pengaduan
complaints-status-withdraw-question = Pengaduan dicabut dan tidak dikerjakan lagi. Riwayatnya tetap tersimpan. Cabut sekarang?

## Kotak masuk
complaints-inbox-title = Pengaduan
complaints-inbox-new = Catat pengaduan
complaints-inbox-export = Unduh daftar
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
complaints-case-wish = Yang diharapkan:
complaints-case-facts = Keterangan
complaints-case-history = Riwayat
complaints-case-answer = Tanggapi
complaints-case-template = Templat jawaban
complaints-case-template-hint = Bila Anda sudah menulis sendiri, tulisan Anda yang dipakai.
complaints-case-answer-label = Tulisan Anda
complaints-case-answer-hint = Jelaskan apa yang sudah dilakukan dan apa langkah berikutnya. Hindari singkatan dinas.
complaints-case-answer-do = Kirim jawaban
complaints-case-note-do = Simpan sebagai catatan dalam
complaints-case-ask-do = Minta kelengkapan
complaints-case-assign = Disposisi
complaints-case-assign-to = Kepada
complaints-case-assign-note = Pesan disposisi
complaints-case-assign-do = Teruskan
complaints-case-reporter = Pelapor
complaints-case-reveal = Buka identitas (tercatat)
complaints-case-reveal-question = Pembukaan identitas dicatat atas nama Anda. Buka sekarang?
complaints-case-links = Masalah dan rencana aksi
complaints-case-links-none = Belum dihubungkan. Pengaduan yang tidak dihubungkan tidak ikut menjadi bahan forum.
complaints-case-links-to = Hubungkan dengan
complaints-case-links-do = Hubungkan
