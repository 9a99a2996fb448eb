# Surel yang ditulis ke berkas.
mailbox-title = Surel terkirim
mailbox-lead = Pada pemasangan ini surel ditulis ke berkas dan tidak dikirim ke luar. Di sini Anda membacanya seperti penerimanya.
mailbox-summary = { $count } surel, yang terbaru di atas
mailbox-filter = Penerima
mailbox-subject = Perihal
mailbox-from = Dari
mailbox-to = Kepada
mailbox-at = Waktu
mailbox-files = Lampiran
mailbox-none = Tidak ada surel.
mailbox-complainant = pelapor (alamat tidak ditampilkan)
mailbox-hidden = penerima (alamat tidak ditampilkan)
