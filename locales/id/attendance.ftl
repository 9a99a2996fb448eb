# Kehadiran: siapa yang datang ke forum.
attendance-title = Kehadiran
attendance-list = Daftar hadir (PDF, internal)
attendance-list-public = Daftar hadir untuk umum (PDF)
attendance-closed = Daftar hadir sudah ditutup bersama Berita Acara dan tidak dapat diubah lagi.
attendance-before-day = Forum ini dijadwalkan { $day }. Anda dapat menyiapkan daftar dan mencobanya; batalkan yang hanya percobaan.
attendance-after-day = Forum ini sudah dilaksanakan { $day }. Waktu masuk yang dicatat adalah waktu sekarang.
attendance-find = Cari nama
attendance-find-label = Nama, instansi, atau kode
attendance-find-hint = Nama, instansi, atau kode
attendance-find-do = Cari
attendance-find-all = Tampilkan semua
attendance-waiting-count = { $count ->
   *[other] { $count } orang belum masuk
}
attendance-nobody-waiting = Tidak ada yang menunggu dengan kata ini. Cari kata lain, atau tambahkan sebagai tamu.
attendance-in = Hadir
attendance-who-came = Siapa yang datang?
attendance-someone-else = Orang lain yang datang
attendance-taken-back = pernah dibatalkan
attendance-present = Sudah hadir
attendance-present-none = Belum ada yang hadir.
attendance-present-of = { $present } hadir · { $invited } diundang · { $walkins } tamu
attendance-of = { $present } hadir, { $invited } diundang
attendance-declined = menjawab tidak hadir
attendance-count = Jumlah
attendance-name = Nama
attendance-name-needed = Tulis nama orang yang datang.
attendance-position = Jabatan
attendance-organisation = Instansi atau organisasi
attendance-group = Unsur
attendance-choose-group = Pilih unsur
attendance-phone = Nomor telepon
attendance-phone-hint = Hanya dilihat penyelenggara; di salinan untuk umum disamarkan.
attendance-time = Pukul
attendance-code = Kode
attendance-code-hint = Enam huruf dan angka pada tanda pengenal.
attendance-by-code = Masuk dengan kode
attendance-prepare = Siapkan kode untuk undangan
attendance-prepare-hint = Membuat baris dan kode untuk setiap undangan yang tidak menolak, sehingga dapat dicetak pada tanda pengenal.
attendance-prepared = { $count ->
    [0] Semua undangan sudah mempunyai kode.
   *[other] { $count } kode disiapkan.
}
attendance-walk-in = Tamu tanpa undangan
attendance-walk-in-hint = Siapa pun boleh hadir dan berbicara di forum.
attendance-walk-in-do = Tambahkan dan catat hadir
attendance-undo = Batalkan
attendance-undo-question = Batalkan kehadiran { $name }?
attendance-undone = Kehadiran { $name } dibatalkan. Namanya kembali ke daftar tunggu.
attendance-done = { $name } tercatat hadir (kode { $code }). Sekarang { $present } orang.
attendance-method-name = dari daftar
attendance-method-code = dengan kode
attendance-method-walk-in = tamu
attendance-one-of = Isi salah satu saja: recipient, attendance, code, atau walk_in.
rule-attendance-already-in = { $name } sudah tercatat hadir pukul { $time }.
rule-attendance-other-forum = Kode ini untuk forum lain: { $title }. Cari namanya di daftar forum ini.
rule-attendance-unknown-code = Kode ini tidak dikenal. Periksa huruf dan angkanya, atau cari namanya di daftar.
rule-attendance-not-in = { $name } belum tercatat hadir.
rule-attendance-closed = Daftar hadir sudah ditutup bersama Berita Acara.
rule-attendance-nobody = Belum ada yang tercatat hadir. Catat kehadiran dahulu.
