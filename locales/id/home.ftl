# Beranda untuk umum.
home-title = Apa yang perlu kami perbaiki?
home-lead = Tanpa akun. Dijawab paling lama { $time }, dan Anda bisa melihat apa yang kami lakukan karenanya.
home-door-new = Sampaikan pengaduan
home-door-new-note = Kurang lebih dua menit. Nama boleh dirahasiakan.
home-door-track = Lacak pengaduan
home-door-track-note = Dengan nomor dan kode rahasia.
home-door-promises = Lihat janji kami
home-door-promises-note = Apa yang disepakati di forum, dan sampai mana dikerjakan.
home-units-title = Pilih unit pelayanan
home-units-note = Pengaduan sampai lebih cepat bila langsung ke unit yang melayani Anda.
home-kpi-title = Tiga bulan terakhir
home-promises-title = Janji yang dikerjakan
home-promises-all = Semua janji
home-promises-none = Belum ada janji yang dikerjakan. Janji lahir dari forum dan dari pengaduan Anda.
home-forum-title = Forum berikutnya
home-forum-all = Semua forum
