# Tindak lanjut forum: butir, rencana aksi, penutupan, pengingat.
follow-up-title = Tindak lanjut
follow-up-lead = Setiap butir mempunyai rencana aksi atau alasan mengapa tidak; forum ditutup bila tidak ada yang terbuka.
follow-up-public = Halaman publik
follow-up-no-points = Belum ada butir. Butir berlaku setelah Berita Acara dikunci.
follow-up-no-action-because = Tanpa rencana aksi, karena:
follow-up-cancelled-so = Rencana aksinya dibatalkan karena:
follow-up-point-open = Belum ada rencana aksi atau alasan
follow-up-make-action = Buat rencana aksi
follow-up-give-reason = Tidak perlu rencana aksi? Tulis alasannya
follow-up-change-reason = Ubah alasan
follow-up-reason = Alasan
follow-up-reason-hint = Tampil di halaman publik, jadi tulis agar dimengerti masyarakat. Paling sedikit 10 huruf.
follow-up-reason-do = Simpan alasan
follow-up-reason-withdraw = Cabut alasan
follow-up-reason-saved = Alasan disimpan dan tampil di halaman publik.
follow-up-reason-withdrawn = Alasan dicabut. Butir ini kembali memerlukan rencana aksi atau alasan.
follow-up-actions-title = Rencana aksi dari forum ini
follow-up-no-actions = Belum ada rencana aksi dari forum ini.
follow-up-no-actions-ever = Forum ini ditutup tanpa rencana aksi.
follow-up-due = Tenggat { $day }
follow-up-carry = Lanjutkan ke
follow-up-carry-none = Tetap di forum ini
follow-up-carry-do = Simpan
follow-up-carried = Rencana aksi dilanjutkan; ia muncul sebagai usulan acara forum itu.
follow-up-taken-back = Rencana aksi kembali ke forum ini.
follow-up-carried-into = Dilanjutkan dalam { $forum }
follow-up-carried-in-vain = Seharusnya dilanjutkan dalam { $forum }, tetapi forum itu dibatalkan ({ $reason }). Pilih forum lain yang menerimanya.
follow-up-public-carried-in-vain = { $forum }, yang akan melanjutkannya, dibatalkan; tenggat tetap { $day }
follow-up-taken-up-title = Dilanjutkan dari forum sebelumnya
follow-up-taken-up-lead = Rencana aksi forum sebelumnya yang dibahas lagi dalam forum ini. Semuanya juga muncul sebagai usulan acara.
follow-up-cancelled-because = Dibatalkan: { $reason }
follow-up-close-title = Menutup forum
follow-up-obstacles = Forum dapat ditutup setelah hal berikut selesai:
follow-up-can-close = Semua butir sudah ditindaklanjuti. Setelah ditutup, forum tidak dapat diubah lagi.
follow-up-close-question = Tutup forum ini? Setelah ditutup, forum tidak dapat diubah lagi.
follow-up-close-do = Tutup forum
follow-up-closed = Forum ditutup.
follow-up-is-closed = Forum ini sudah ditutup.
follow-up-next-title = Melanjutkan rencana aksi
follow-up-next-none = Rencana aksi yang belum selesai dapat dilanjutkan ke forum berikutnya. Buat forum berikutnya terlebih dahulu.
follow-up-mail-subject = Pengingat: tahap { $stage }, { $forum }
follow-up-mail-dear = Bapak/Ibu yang terhormat,
follow-up-mail-lead = Tahap "{ $stage }" dari { $forum } tidak bergerak selama { $days } hari.
follow-up-mail-missing = Yang masih perlu dilengkapi:
follow-up-mail-open = Lanjutkan di sini:
follow-up-mail-note = Pengingat ini dikirim paling banyak sekali seminggu untuk setiap tahap, kepada penyelenggara forum di unit Anda.
rule-follow-up-no-record = Berita Acara belum dikunci: kesepakatan belum berlaku.
rule-follow-up-open-points = Butir tanpa rencana aksi dan tanpa alasan: { $numbers }. Buat rencana aksi atau tulis alasannya.
rule-follow-up-open-actions = Rencana aksi belum selesai atau belum disahkan: { $codes }. Selesaikan dan sahkan buktinya, batalkan dengan alasan, atau lanjutkan ke forum berikutnya.
rule-follow-up-minutes-wait = Notulen sedang menunggu pengesahan. Sahkan atau kembalikan lebih dahulu: sesudah forum ditutup tidak ada yang dapat mengesahkannya.
rule-follow-up-errors = Tahapan forum masih menunjukkan kekurangan yang tidak dapat diperbaiki sesudah ditutup: { $texts }. Perbaiki lebih dahulu.
rule-follow-up-no-next-forum = Pilih forum yang tanggalnya sesudah forum ini dan belum dilaksanakan.
rule-follow-up-ended = Rencana aksi ini sudah berakhir dan tidak perlu dilanjutkan.
follow-up-carried-on = Dilanjutkan ke forum berikutnya; tenggat { $day }
follow-up-warnings = Sesudah ditutup, ini tidak dapat diperbaiki lagi:
follow-up-acknowledge = Centang setiap hal bila forum memang ditutup tanpa menyelesaikannya. Pernyataan ini dicatat dalam riwayat.
follow-up-tick-first = Centang bila forum memang ditutup begitu.
follow-up-acknowledge-first = { $what ->
    [letter] Surat undangan belum diterbitkan: centang bila memang ditutup begitu.
    [minutes] Notulen belum final: centang bila memang ditutup begitu.
    [correction] Perbaikan Berita Acara masih rancangan: centang bila memang ditutup begitu.
    [report] Laporan belum terbit: centang bila memang ditutup begitu.
   *[other] Laporan lebih lama daripada isinya: centang bila memang ditutup begitu.
}
follow-up-left-unfinished = Yang belum selesai saat ditutup, dan diketahui oleh yang menutup:
follow-up-unfinished-letter = Surat undangan belum diterbitkan.
follow-up-unfinished-attendance = Daftar hadir kosong: tidak ada yang tercatat hadir.
follow-up-unfinished-minutes = Notulen belum final.
follow-up-unfinished-correction = Perbaikan Berita Acara masih berupa rancangan; yang berlaku tetap versi yang sudah dikunci.
follow-up-unfinished-report = Laporan forum belum terbit.
follow-up-unfinished-report-outdated = Laporan yang terbit lebih lama daripada dokumennya, atau daripada rencana aksi dan alasan butirnya; terbitkan versi berikutnya lebih dahulu.
follow-up-gap-owner = Belum ada pejabat penanggung jawab, baru bidangnya.
follow-up-gap-budget-year = Belum ada tahun anggaran; benar hanya bila tanpa biaya.
follow-up-gap-far-away = Tenggatnya sesudah 31 Desember { $year }: forum berikutnya belum dapat menanyakannya. Bagi menjadi tonggak atau pilih tenggat yang lebih dekat.
