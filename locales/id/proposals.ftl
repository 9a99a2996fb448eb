# Usulan acara dari pengaduan dan rencana aksi.
proposals-lead = Yang dapat dibahas di forum ini. Usulan yang diambil menjadi mata acara 30 menit sebelum acara penutup, yang bergeser sesudahnya; jam dan kalimatnya dapat diubah di sana.
proposals-complaints = Pengaduan terbuka menurut layanan dan kategori
proposals-complaints-none = Tidak ada pengaduan terbuka.
proposals-complaints-note = Hanya jumlahnya yang dipakai. Isi pengaduan rahasia dan nama pelapor tidak pernah tampil di sini.
proposals-no-service = Tanpa layanan dan tanpa kategori
proposals-actions = Rencana aksi yang belum selesai
proposals-actions-none = Tidak ada rencana aksi yang belum selesai.
proposals-carried = Dilanjutkan dari forum sebelumnya
proposals-count = { $count } pengaduan
proposals-take = Ambil
proposals-is-taken = Sudah di susunan acara
proposals-taken = Usulan masuk ke susunan acara, sebelum acara penutup.
proposals-activity-complaints = Pembahasan pengaduan masyarakat: { $label }
proposals-activity-complaints-other = Pembahasan pengaduan masyarakat
proposals-activity-action = Tindak lanjut rencana aksi: { $label }
