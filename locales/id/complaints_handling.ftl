# Pengaduan yang digabungkan, menunggu warga, dan kabar dalam satu surel.
complaints-freed = Penanganan bersama berakhir tanpa jawaban untuk pengaduan ini, jadi pengaduan ini ditangani sendiri dengan batas waktu baru.
complaints-answer-names = Jawaban ini juga dibaca { $count } warga lain yang pengaduannya digabungkan. Tulis Bapak/Ibu sebagai ganti nama pelapor.
complaints-helped-no-reason = Ceritakan apa yang masih kurang, supaya kantor tahu apa yang harus diperbaiki.
complaint-event-merged-citizen = Ditangani bersama pengaduan lain tentang hal yang sama
complaint-event-freed = Dibuka lagi: pengaduan { $main } berakhir tanpa jawaban untuk warga ini
complaint-event-freed-citizen = Dibuka lagi dan ditangani sendiri
complaint-event-wait-over = Waktu untuk melengkapi berakhir
complaint-event-deadline-kept = Batas waktu tetap { $due }
complaints-elsewhere-title = Yang masih dapat Anda lakukan
complaints-elsewhere-rejected = Bila ada yang belum jelas, sampaikan lagi dengan keterangan yang lebih lengkap dan sebutkan nomor { $number }, atau hubungi kantor.
complaints-elsewhere-out-of-authority = Lanjutkan ke instansi yang tertulis pada perjalanan di bawah. Bila menurut Anda ini wewenang kantor ini, hubungi kantor atau sampaikan lagi dan sebutkan nomor { $number }.
clock-stage-since-waiting = Warga diminta melengkapi sejak { $at }. Batas waktu jawaban di atas tetap berjalan.
clock-citizen-complete-over = Waktu untuk melengkapi berakhir pada { $at }. Anda masih dapat mengirimnya sebagai pesan; kami menjawab dengan keterangan yang ada.
complaint-mail-due-over = Batas waktu menjawabnya, { $due }, sudah lewat.
complaint-mail-news-freed-subject = { $voice } { $number } dibuka lagi
complaint-mail-news-freed-text = Penanganan bersama berakhir tanpa jawaban untuk Anda, jadi { $unit } menangani { $called } { $number } tersendiri. Jawaban paling lambat { $due }.
complaint-mail-news-taken-back-subject = { $voice } { $number } dibuka lagi: jawaban yang Anda terima milik { $called } lain dan ditarik
complaint-mail-news-taken-back-text = { $unit } keliru meneruskan jawaban atas { $called } orang lain kepada Anda. Jawaban itu ditarik, dan { $called } { $number } dijawab tersendiri paling lambat { $due }.
complaint-mail-news-wait-over-subject = Waktu melengkapi { $called } { $number } berakhir
complaint-mail-news-wait-over-text = { $unit } belum menerima kelengkapan { $called } { $number }. { $voice } ini tidak ditutup: Anda masih dapat mengirimnya di halaman status, dan kantor menjawab dengan keterangan yang ada.
complaint-mail-news-moved-subject = { $voice } { $number }: batas waktu bergeser
complaint-mail-news-moved-text = { $unit } menjawab { $called } { $number } paling lambat { $due }. Sebabnya: { $reason } Penjelasan lengkapnya ada di halaman status.
complaint-mail-news-closed-subject = { $voice } { $number } ditutup
complaint-mail-news-closed-text = { $kind ->
    [praise] { $unit } menutup { $called } { $number }. Tidak ada lagi yang perlu Anda lakukan.
   *[other] { $unit } menutup { $called } { $number } karena tidak ada kabar dari Anda sesudah jawaban. Di halaman status tertulis sampai kapan { $called } ini masih dapat dibuka lagi.
 }
complaint-mail-notice-freed-subject = Pengaduan { $number } dibuka lagi
complaint-mail-notice-freed-text = Pengaduan utama berakhir tanpa jawaban untuk pengaduan { $number } yang digabungkan ke sana, jadi pengaduan itu kini ditangani tersendiri.
complaint-mail-notice-wait-over-subject = Pengaduan { $number } belum dilengkapi warga
complaint-mail-notice-wait-over-text = Waktu warga untuk melengkapi pengaduan { $number } berakhir dan belum ada pesan. Jawablah dengan keterangan yang ada, atau tolak dengan alasan.
clock-mail-waits = Menunggu kelengkapan dari warga; batas waktu jawaban tetap berjalan.
clock-mail-pressing-subject = { $count } pengaduan perlu perhatian, { $late } terlambat
clock-mail-pressing-hello = Bapak/Ibu { $name },
clock-mail-pressing-lead = { $count } pengaduan { $unit } mendekati atau melewati batas waktunya, { $late } di antaranya terlambat:
clock-mail-pressing-why = Yang perlu diberitahukan pada saat yang sama dikirim dalam satu surel; setiap peringatan hanya sekali.
deadlines-year-bounds = Tahun { $year } tidak mungkin. Periksa tahunnya: dari { $from } sampai { $to }.
policy-never-in-force = Diganti dengan pilihan lain untuk hari yang sama
deadlines-change-who = Hari libur berlaku untuk semua unit dan hanya diubah administrator sistem. Batas waktu unit Anda diatur pada halaman Batas waktu.
complaints-headline-taken-up = { $voice } Anda dikerjakan lagi
complaints-explain-taken-up = Kantor mengerjakannya lagi dan menjawab sebelum batas waktu baru. Alasannya ada pada perjalanan di bawah.

## Dari satu pengaduan ke berikutnya
complaints-next-title = Berikutnya di "{ $list }"
complaints-next-none = Tidak ada lagi yang lain di "{ $list }"
complaints-jump-label = Langsung ke
complaints-jump-answer = Jawaban
complaints-jump-assign = Disposisi
complaints-jump-moves = Langkah lain
complaints-jump-note = Catatan internal
complaints-jump-list = Kembali ke daftar
complaints-between-title = Sementara Anda menulis, warga menambahkan
complaints-between-files = { $count } berkas baru.
complaints-between-note = Yang Anda ketik tetap ada di kotaknya. Bacalah tambahan ini, sesuaikan bila perlu, lalu kirim sekali lagi.
complaints-keys-title = Bekerja dengan papan tombol
complaints-keys-how = Tekan Alt bersama huruf di bawah ini (Firefox: Alt+Shift; Mac: Control+Option). Yang tidak ada di halaman ini tidak berbuat apa-apa.
complaints-keys-n = Pengaduan berikutnya; dari daftar: yang paling atas
complaints-keys-m = Dari daftar: ke baris-baris pengaduan
complaints-keys-list = Di dalam daftar (tanpa Alt): J ke pengaduan berikutnya, K ke sebelumnya, X menandai, B ke tombol untuk yang ditandai, Enter membuka.
complaints-list-label = Daftar pengaduan
complaints-list-keys = Dengan papan tombol: Alt+M masuk ke daftar (Firefox: Alt+Shift+M), J dan K berpindah, X menandai, B ke tombol untuk yang ditandai, Enter membuka.
complaints-skip-list = Langsung ke daftar pengaduan
complaints-skip-bulk = Langsung ke tombol untuk yang ditandai
complaints-keys-j = Menulis jawaban
complaints-keys-t = Meneruskan ke bidang
complaints-keys-l = Langkah lain: minta kelengkapan, tutup, alihkan, tolak
complaints-keys-c = Menulis catatan internal
complaints-keys-k = Kembali ke daftar
complaints-keys-after = Setelah jawaban terkirim atau langkah dilakukan, fokus ada pada judul "Berikutnya": Tab lalu Enter membuka pengaduan berikutnya dari daftar yang sama. Ctrl+Enter di setiap kotak isian kasus (jawaban, catatan, pertanyaan, disposisi) mengirim isiannya.
complaints-answer-names-anonymous = Pelapor meminta namanya disembunyikan, dan jawaban ini dibaca juga oleh bidang. Tulis Bapak/Ibu sebagai ganti nama pelapor.
complaints-bulk-names = Naskah ini dikirim kepada { $count } warga dan memuat nama salah satu dari mereka. Tulis {"{nama}"} atau Bapak/Ibu sebagai gantinya.
complaint-event-solution-late = Penyelesaian melewati batas waktunya
complaint-mail-notice-solution-late-subject = Pengaduan { $number }: penyelesaian terlambat
complaint-mail-notice-solution-late-text = Batas waktu penyelesaian pengaduan { $number } menurut golongannya sudah lewat. Selesaikan dan jawablah, atau jelaskan kepada warga mengapa belum selesai.
complaint-mail-notice-solution-soon-subject = Pengaduan { $number }: penyelesaian segera jatuh tempo
complaint-mail-notice-solution-soon-text = Pengaduan { $number } harus selesai paling lambat { $until } menurut golongannya. Selesaikan dan jawablah sebelum itu.
complaints-view-solution-tomorrow = Penyelesaian jatuh tempo hari kerja berikutnya
complaints-inbox-summary-solution-tomorrow = { $count } pengaduan harus selesai pada hari kerja berikutnya
complaints-inbox-summary-tomorrow-solutions = Selain itu, { $count } penyelesaian jatuh tempo pada hari itu
complaints-view-solution = Penyelesaian terlambat
complaints-inbox-summary-solution = { $count } pengaduan terlambat diselesaikan
complaints-view-untold = Belum diberi tahu
complaints-inbox-summary-untold = { $count } pengaduan yang kabarnya harus disampaikan orang: lewat telepon, surat, atau SP4N-LAPOR!
complaints-view-heard = Warga menulis
complaints-inbox-summary-heard = { $count } pengaduan dengan pesan warga yang belum dijawab
complaints-part-files = Berkas dari warga: { $names }
complaint-digest-solution = Penyelesaian terlambat
complaint-digest-solution-soon = Penyelesaian jatuh tempo sampai hari kerja berikutnya
complaint-digest-heard = Warga menulis dan belum dijawab
complaint-digest-heard-at = Pesan warga { $at }
complaints-withdraw-sure-do = Ya, cabut
complaints-withdraw-sure-keep = Tidak, biarkan berjalan
complaints-withdraw-sure-back = Status pengaduan
deadlines-preview-do = Lihat dahulu akibatnya
deadlines-preview-row = dari { $before } menjadi { $after }
deadlines-preview-more = dan { $count } lainnya.
deadlines-preview = { $count ->
    [0] Belum disimpan. Perubahan ini tidak menggeser batas waktu mana pun.
   *[other] Belum disimpan. Perubahan ini menggeser { $count } batas waktu; penanggung jawab dan warganya akan dikabari.
}
complaints-move-golongan-title = Tetapkan golongan
complaints-move-golongan-note = Golongan menentukan dalam berapa hari kerja masalahnya diselesaikan. Batas waktu jawaban pertama tidak berubah.
complaints-move-golongan-do = Simpan golongan
complaints-classified = Golongan disimpan.
complaint-event-classified = Golongan: { $class }
rule-complaint-merge-older = Jawaban { $number } jatuh tempo lebih dahulu daripada { $main }. Gabungkan { $main } ke dalam { $number }, supaya batas waktunya tetap terlihat.

calling-line = { $headline } ({ $at })
calling-line-before = Sebelumnya, tidak perlu disampaikan lagi: { $headline } ({ $at })
calling-phone = Nomor
calling-hidden = Nomornya tidak tampak bagi Anda. Petugas pengaduan menghubungi pelapor; pada pengaduan anonim identitas dibuka dahulu dengan alasan.
calling-whatsapp = Buka di WhatsApp dengan naskah ini
calling-whatsapp-note = Membuka WhatsApp dihitung sebagai sudah diberi tahu. Bila nomornya ternyata tidak ada di WhatsApp, teleponlah.
calling-told = Dicatat: pelapor sudah diberi tahu.
calling-message = Bapak/Ibu yang terhormat,
    { $headline }.
    Ikuti perkembangannya dengan nomor itu dan kode rahasia pada tanda terima: { $url }
    { $unit }
calling-message-words = Bapak/Ibu yang terhormat,
    { $headline }:
    { $words }
    Ikuti perkembangannya dengan nomor itu dan kode rahasia pada tanda terima: { $url }
    { $unit }
complaint-event-told-in-person = Pelapor diberi tahu lewat WhatsApp, telepon, atau langsung

complaints-similar-title = Mungkin tentang hal yang sama
complaints-similar-note = Pengaduan unit ini dalam 12 bulan terakhir dengan kata, layanan, atau kategori yang serupa.
complaints-similar-link = Tautkan
complaints-similar-merge = Tangani dalam pengaduan itu…

# Sebelum digabungkan: keduanya dibaca dahulu
complaints-merge-title = Gabungkan pengaduan
complaints-merge-heading = Gabungkan { $number } ke dalam { $main }?
complaints-merge-this = Pengaduan ini: { $number }
complaints-merge-main = Pengaduan utama: { $main }
complaints-merge-open = Buka { $number }
complaints-merge-what = Apa yang terjadi
complaints-merge-note = Warga dikabari bahwa pengaduannya ditangani bersama pengaduan lain. Jawaban pengaduan utama nanti tampil juga di halamannya. "Buka lagi" membatalkan penggabungan.
complaints-merge-note-answered = Pengaduan utama sudah dijawab, dan jawaban itu ditulis untuk warga lain. Pilih apa yang sampai kepada warga ini. "Buka lagi" membatalkan penggabungan.
complaints-merge-answer = Jawaban yang sudah diberikan di sana
complaints-merge-reply = Yang dikirim kepada warga ini
complaints-merge-reply-hint = Siapa yang menunggu jawaban berikutnya tidak menunggu sia-sia: bila pengaduan utama ditutup tanpa jawaban baru, pengaduan ini dibuka lagi dan ditangani sendiri.
complaints-merge-unsent = Anda menulis jawaban, tetapi pilihan ini tidak mengirimnya. Pilih "Tulis jawaban untuk warga ini", atau kosongkan kotaknya.
complaints-merge-next = Belum ada: warga ini menerima jawaban berikutnya
complaints-merge-same = Kirim jawaban ini, tepat seperti tampil di atas
complaints-merge-own = Tulis jawaban untuk warga ini
complaints-merge-own-label = Jawaban untuk warga ini
complaints-merge-own-hint = Hanya dikirim bila pilihan terakhir dipilih. Paling sedikit 10 huruf.
complaints-merge-text-hint = Tampil pada perjalanan pengaduannya.
complaints-merge-do = Gabungkan ke dalam { $main }
complaints-merge-keep = Jangan gabungkan
complaints-merge-through = { $named } sendiri sudah digabungkan ke dalam { $main }, jadi pengaduan ini juga ditangani di sana.
complaints-merge-closed = Pengaduan utama sudah ditutup dan tidak mendapat jawaban lagi. Kirim jawaban itu, atau tulis jawaban untuk warga ini.
complaints-merge-names = Jawaban ini memuat nama pelapor pengaduan utama. Warga lain tidak boleh membacanya.
complaints-merged = Digabungkan ke dalam { $main }.
complaint-event-let-go = Pengaduan { $number } tidak lagi digabungkan ke sini
complaint-event-answer-taken-back = Dibuka lagi dan ditangani sendiri. Jawaban yang tadi tampil ditulis untuk pengaduan lain dan sudah ditarik

# Memberi tahu pelapor yang tidak terjangkau surel
calling-title-phone = Hubungi pelapor: tidak ada surel
calling-title-letter = Kirim surat kepada pelapor
calling-title-sp4n = Jawab di SP4N-LAPOR!: nomor pelacakan { $tracking }
calling-lead-phone = Pelapor hanya memberi nomor telepon, jadi kabar ini tidak terkirim sendiri:
calling-lead-letter = Pelapor tidak memberi surel atau telepon, hanya alamat, jadi kabar ini hanya sampai lewat surat:
calling-lead-sp4n = Pelapor hanya terhubung lewat SP4N-LAPOR!, jadi kabar ini hanya sampai bila ditulis di sana:
calling-text-phone = Naskah untuk dikirim atau dibacakan
calling-text-letter = Yang terakhir ditulis untuk pelapor
calling-text-sp4n = Naskah untuk disalin ke SP4N-LAPOR!
calling-letter = Buat surat klarifikasi
calling-done-phone = Sudah dihubungi lewat telepon atau langsung
calling-done-letter = Surat sudah dikirim
calling-done-sp4n = Sudah dijawab di SP4N-LAPOR!
calling-title-mail = Sampaikan kabar yang tertinggal
calling-title-nobody = Pelapor tidak dapat dihubungi
calling-lead-mail = Pelapor kini punya surel: kabar berikutnya terkirim sendiri. Kabar ini lebih dahulu dan belum sampai:
calling-lead-nobody = Surel, telepon, dan alamat pelapor tidak ada, jadi kabar ini hanya dapat dibacanya dengan nomor dan kode:
calling-text-mail = Naskah untuk disampaikan
calling-text-nobody = Naskah untuk disampaikan
calling-done-mail = Sudah disampaikan
calling-done-nobody = Tandai: tidak dapat disampaikan
calling-unreached = Dicatat: kabar ini tidak dapat disampaikan.
complaint-event-told-in-person-unreached = Kabar tidak dapat disampaikan: tidak ada kontak pelapor
calling-flash-phone = Tersimpan, tetapi pelapor belum diberi tahu: ia hanya memberi nomor telepon. Hubungi, lalu tandai di bawah.
calling-flash-letter = Tersimpan, tetapi pelapor belum diberi tahu: ia hanya memberi alamat, tanpa surel atau telepon. Kirim surat klarifikasi, lalu tandai di bawah.
calling-flash-sp4n = Tersimpan, tetapi pelapor belum diberi tahu: jawab di SP4N-LAPOR! dengan nomor pelacakan { $tracking }, lalu tandai di bawah.
calling-flash-nobody = Tersimpan. Pelapor tidak memberi kontak, jadi tidak dikabari: ia hanya dapat membacanya dengan kode pada tanda terimanya.
calling-flash-unreached = Tersimpan. Pelapor tidak memberi kontak, jadi tidak dikabari: ia hanya dapat membacanya dengan kode pada tanda terimanya. Bila tidak ada cara lain, tandai di bawah bahwa kabar ini tidak dapat disampaikan.
complaint-event-told-in-person-letter = Pelapor diberi tahu lewat surat
complaint-event-told-in-person-sp4n = Pelapor dijawab di SP4N-LAPOR!
complaints-bulk-unreached = { $count } dari mereka tidak memberi kontak apa pun. Setelah dijawab, mereka juga menunggu di "Belum diberi tahu" sampai ditandai bahwa kabarnya tidak dapat disampaikan.
complaints-bulk-by-hand = { $count } dari mereka tidak terjangkau surel. Setelah dijawab, hubungi lewat telepon, surat, atau SP4N-LAPOR!: mereka menunggu di "Belum diberi tahu".
complaints-bulk-untold-title = Belum diberi tahu
complaints-bulk-untold = { $count } pelapor tidak terjangkau surel, jadi belum tahu bahwa sudah dijawab. Beri tahu mereka lalu tandai pada pengaduannya.
complaints-bulk-untold-open = Buka "Belum diberi tahu"

# Terlambat mengirim: apa yang terjadi sementara itu
complaints-between-added = Belum dikirim: sementara Anda menulis, warga menambahkan sesuatu.
complaints-between-answered = Belum dikirim: pengaduan ini sudah dijawab oleh { $who } pada { $at }.
complaints-between-own = Jawaban Anda sudah terkirim pada { $at }. Tidak ada yang terkirim dua kali.
complaints-between-own-title = Sudah Anda jawab
complaints-between-own-note = Warga sudah menerima jawaban di atas. Bila masih ada yang perlu ditambahkan, buka lagi pengaduannya lalu kirim.
complaints-between-answered-title = Sudah dijawab rekan Anda
complaints-between-answered-note = Warga hanya menerima jawaban di atas. Bila jawaban Anda masih perlu, buka lagi pengaduannya lalu kirim.
complaints-between-ended = Belum dikirim: sementara Anda menulis, keadaan pengaduan ini menjadi “{ $status }”.
complaints-between-ended-title = Tidak dapat dijawab lagi
complaints-between-ended-note = Jawaban Anda tidak terkirim. Salinlah bila masih perlu: pengaduan ini dapat dijawab setelah dibuka lagi.
complaints-between-typed = Yang Anda ketik
complaints-between-copy = Salin yang saya ketik

# Kata untuk jenisnya sendiri
complaints-number-of = Nomor { $called }
complaints-status-reply = Tanggapan
complaints-withdraw-sure-heading = Cabut { $called } ini?
complaints-case-latest = Yang terbaru
complaint-digest-untold = Belum diberi tahu: sampaikan lewat telepon, surat, atau SP4N-LAPOR!
complaint-digest-untold-row = pelapornya belum diberi tahu

# Memperbaiki jenis, layanan, kategori, dan kerahasiaan.
complaints-right-title = Perbaiki jenis, layanan, kategori, dan kanal
complaints-right-lead = Kata-kata warga tidak berubah. Yang diperbaiki tercatat di riwayat dengan alasannya, dan warga membaca apa yang berubah.
complaints-right-kind-hint = Jenis lain dapat memperpanjang batas waktu, dihitung dari tanggal diterima. Tanggal yang sudah diberitahukan tidak dimajukan, dan yang terlambat tetap terlambat.
complaints-right-privacy = Kerahasiaan
complaints-right-privacy-hint = Perlindungan hanya dapat ditambah; pilihan warga tidak dikurangi.
complaints-right-no-category = Tanpa kategori
complaints-right-channel-sp4n = Tanpa nomor pelacakan SP4N-LAPOR! tidak ada yang dapat dijawab di sana. Masukkan laporannya lewat impor SP4N-LAPOR!.
complaints-right-channel-fixed = Kanal ini tercatat dari asalnya dan tidak dapat diganti; kanal situs juga tidak dapat dipilih.
complaints-right-channel-stays = Kanal: { $channel }. Tercatat dari asalnya, jadi tidak diubah di sini.
complaints-right-reason = Alasan
complaints-right-reason-hint = Tercatat di riwayat untuk kantor.
complaints-right-do = Simpan perbaikan
complaints-right-done = Perbaikan disimpan.
complaints-right-nothing = Belum ada yang diubah.
complaints-right-less-privacy = Perlindungan yang sudah diberikan tidak dapat dikurangi.
complaints-right-cause = Jenis diperbaiki menjadi { $kind }
complaint-event-put-right = Jenis, layanan, kategori, kanal, atau kerahasiaan diperbaiki
rule-complaint-published = Pengaduan ini sedang dipublikasikan. Tarik dahulu publikasinya, lalu jadikan rahasia.
rule-complaint-takes-in = Pengaduan lain ditangani bersama pengaduan ini, sehingga jawabannya dibaca pelapor lain. Pisahkan dahulu, lalu jadikan rahasia.
