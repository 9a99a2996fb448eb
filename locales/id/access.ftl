# Masuk petugas.
access-sign-in-title = Masuk petugas
access-sign-in-lead = Untuk pegawai yang menangani pengaduan, forum, dan rencana aksi.
access-sign-in-email = Surel dinas
access-sign-in-password = Kata sandi
access-sign-in-do = Masuk
access-sign-in-forgot = Lupa kata sandi
access-sign-in-citizen = Warga tidak perlu masuk untuk mengadu.
access-sign-in-citizen-link = Sampaikan pengaduan
