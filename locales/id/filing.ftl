# Menyampaikan pengaduan: langkah demi langkah, berkas, pertanyaan kategori, kabar, dan kontak.
shell-nav-filing = Formulir pengaduan
filing-step-story = apa yang terjadi
filing-step-details = rincian dan bukti
filing-step-person = tentang Anda
filing-next = Lanjut
filing-back = Kembali
filing-yes = Ya
filing-no = Tidak
filing-choose = Pilih
filing-gone = Formulir ini sudah dihapus atau terlalu lama ditinggalkan. Mulai lagi dari sini.
filing-unfinished = Di peramban ini ada tulisan yang belum dikirim. Bila bukan milik Anda, hapus saja.
filing-continue = Lanjutkan tulisan itu
filing-throw-away = Hapus tulisan ini
filing-throw-away-note = Semua yang Anda tulis dan lampirkan di sini hilang dan tidak dapat dikembalikan.
filing-throw-away-do = Ya, hapus semuanya
filing-thrown-away = Tulisan dan berkasnya sudah dihapus.

## Rincian dan bukti
filing-category = Soal apa?
filing-category-hint = Kami lalu menanyakan hal yang biasanya diperlukan. Tidak tahu? Biarkan kosong.
filing-category-none = Tidak tahu atau lainnya
filing-details-title = Rincian dan bukti
filing-details-lead = Isi seperlunya. Foto atau surat membantu petugas, tetapi tidak wajib.
filing-details-lead-some = Yang perlu diisi: { $questions }. Isian lain boleh dikosongkan. Foto atau surat membantu petugas, tetapi tidak wajib.
filing-day-required = Isi tanggalnya. Bila tidak ingat, tulis perkiraannya di isian berikutnya.
filing-day-about = Tidak ingat tanggalnya? Tulis perkiraannya
filing-day-about-hint = Misalnya: awal Oktober, dua minggu lalu, atau tidak ingat.
filing-questions-changed = Kantor baru saja mengubah pertanyaan ini. Jawab sekali lagi.
filing-files = Foto dan berkas
filing-files-label = Tambah foto atau PDF
filing-ways-title = Cara lain menghubungi kami
filing-files-hint = Paling banyak { $number } berkas, masing-masing { $most } MB: JPEG, PNG, WebP, atau PDF. Lokasi dan data kamera dihapus dari foto. Sambungan lambat? Unggah satu per satu.
filing-files-more = Unggah, lalu tambah lagi
filing-files-busy = Dari jaringan internet yang Anda pakai sudah banyak berkas dikirim. Coba lagi { $minutes } menit lagi, atau lanjutkan tanpa berkas.
filing-files-gone = Sebagian berkas sudah tidak ada. Unggah lagi, atau lanjutkan tanpa berkas itu.
filing-files-add = Tambah foto atau PDF
filing-files-add-do = Kirim berkas
filing-files-added = Berkas diterima. Petugas dapat membukanya setelah selesai diperiksa.
filing-file-renamed = { $name } (semula { $given })
filing-files-added-renamed = Berkas diterima: { $names }. Foto disimpan ulang sebagai JPEG. Petugas dapat membukanya setelah selesai diperiksa.
filing-files-many = Paling banyak { $most } berkas. Hapus yang kurang penting, lalu kirim lagi.
filing-files-many-altogether = Berkas pada pengaduan ini sudah terlalu banyak. Tanyakan lewat pesan bagaimana menyerahkan sisanya.
filing-file-empty = Berkas { $name } kosong. Pilih lagi berkasnya.
filing-file-large = Berkas { $name } lebih dari { $most } MB. Ambil foto dengan ukuran lebih kecil, atau pindai dengan mutu lebih rendah.
filing-file-kind = Berkas { $name } bukan foto (JPEG, PNG, WebP) atau PDF. Simpan sebagai salah satunya, lalu unggah lagi.
filing-file-picture = Foto { $name } rusak atau tidak utuh. Ambil atau unggah sekali lagi.
filing-file-pixels = Gambar { $name } terlalu besar ukurannya. Perkecil dahulu, lalu unggah lagi.
filing-file-pdf-damaged = PDF { $name } rusak, tidak utuh, atau berisi hal lain di luar PDF. Simpan atau cetak ulang sebagai PDF, lalu unggah lagi.
filing-file-pdf-active = PDF { $name } berisi program atau berkas tersembunyi, sehingga tidak kami terima. Cetak ulang sebagai PDF, lalu unggah lagi.
filing-file-pdf-locked = PDF { $name } terkunci, sehingga tidak dapat diperiksa. Simpan tanpa kata sandi, lalu unggah lagi.
filing-file-waiting = sedang diperiksa
filing-file-infected = ditahan: berisi virus
filing-file-damaged = ditahan: tidak dapat dibaca
rule-complaint-file-checking = Berkas ini sedang diperiksa. Coba lagi sebentar lagi.
rule-complaint-file-sealed = Berkas ini ditahan karena berbahaya atau rusak, dan tidak dapat dibuka siapa pun.
complaint-event-file-sealed = Sebuah berkas warga ditahan: berisi virus atau tidak dapat dibaca
complaint-event-file-opened = Berkas warga dibuka
complaint-event-news-chosen = Pilihan kabar diubah
complaint-event-contact-asked = Perubahan kontak diminta
complaint-event-contact-confirmed = Perubahan kontak disetujui satu alamat
complaint-event-contact-changed = Kontak diubah
complaint-mail-notice-sealed-subject = Berkas warga pada pengaduan { $number } ditahan
complaint-mail-notice-sealed-text = Sebuah berkas pada pengaduan { $number } berisi virus atau tidak dapat dibaca, dan tidak dapat dibuka siapa pun. Mintalah warga mengirimnya dengan cara lain bila diperlukan.

## Siapa melihat apa
filing-sees-officer-anonymous = Hanya dengan alasan, dan tercatat
filing-sees-handler-confidential = Hanya yang ditugasi
filing-sees-head-confidential = Tidak, hanya bahwa ada dan batas waktunya
filing-sees-no = Tidak

## Arus yang deras
filing-work-asked = Saat ini banyak pengaduan masuk. Tulisan Anda tersimpan. Tekan Kirim sesudah pukul { $at }; sebelum itu peramban yang menjalankan JavaScript perlu bekerja beberapa detik.
filing-work-busy = Saat ini banyak pengaduan masuk. Peramban Anda sedang membuktikan bahwa ini bukan mesin; beberapa detik lagi Anda dapat mengirim.
filing-work-done = Siap dikirim.

## Tanda terima
filing-brought = Yang Anda sertakan
filing-receipt-qr = Kode QR menuju halaman pelacakan
filing-receipt-qr-note = Pindai gambar ini untuk membuka halaman pelacakan; kode rahasia tetap Anda ketik sendiri.

## Kabar dan kontak
filing-contact-title = Kabar dan kontak
filing-contact-note = Perubahan surel berlaku setelah disetujui dari alamat lama dan alamat baru. Kosongkan untuk menghapus.
filing-contact-new-email = Surel baru
filing-contact-new-phone = Nomor telepon baru
filing-contact-now = Sekarang: { $value }
filing-contact-do-email = Ubah surel
filing-contact-do-phone = Ubah nomor telepon
filing-contact-same = Kontak ini sama dengan yang sekarang.
filing-contact-asked = { $count ->
    [1] Buka tautan yang kami kirim ke alamat surel itu. Perubahan baru berlaku sesudahnya.
   *[other] Buka tautan yang kami kirim ke alamat lama dan alamat baru. Perubahan baru berlaku setelah keduanya dibuka.
}
filing-contact-done = Kontak Anda diubah.
filing-contact-waits-both = Perubahan menjadi { $value } menunggu tautan di alamat lama dan alamat baru dibuka.
filing-contact-waits-old = Perubahan menjadi { $value } menunggu tautan di alamat surel lama dibuka.
filing-contact-waits-new = Perubahan menjadi { $value } menunggu tautan di alamat baru dibuka.
filing-news-on = Kabar dikirim lewat surel.
filing-news-on-do = Hentikan kabar
filing-news-quiet = Kabar lewat surel dihentikan.
filing-news-quiet-do = Kirim kabar lagi
filing-rated-helped = Anda menyatakan jawaban membantu.
filing-rated-not = Anda menyatakan jawaban belum membantu.
filing-mail-quiet = Tidak ingin menerima kabar lagi? Hentikan di sini:
filing-mail-contact-old-subject = Setujui perubahan kontak pengaduan { $number }
filing-mail-contact-old-text = Seseorang yang memegang kode rahasia pengaduan { $number } meminta { $unit } mengubah { $field ->
        [phone] nomor teleponnya
       *[email] alamat surelnya
    } menjadi { $value }. Bila itu Anda, buka tautan ini. Bila bukan, abaikan saja: tanpa persetujuan dari alamat ini tidak ada yang berubah.
filing-mail-contact-new-subject = Setujui alamat ini untuk pengaduan { $number }
filing-mail-contact-new-text = Alamat ini diberikan kepada { $unit } untuk kabar pengaduan { $number }. Bila itu permintaan Anda, buka tautan ini. Bila bukan, abaikan saja.
filing-mail-contact-days = Tautan berlaku { $days } hari.
filing-link-contact-title = Setujui perubahan kontak
filing-link-contact-change = Kontak pengaduan { $number } akan diubah dari { $before } menjadi { $after }. Tekan tombol bila Anda memang memintanya.
filing-link-contact-add = Kontak { $after } akan ditambahkan pada pengaduan { $number }. Tekan tombol bila Anda memang memintanya.
filing-link-contact-remove = Kontak { $before } akan dihapus dari pengaduan { $number }. Tekan tombol bila Anda memang memintanya.
filing-link-contact-do = Ya, saya menyetujuinya
filing-link-contact-half-title = Satu langkah lagi
filing-link-contact-half-text = Alamat ini sudah menyetujui. Buka juga tautan yang kami kirim ke alamat yang satunya.
filing-link-contact-done-title = Kontak diubah
filing-link-contact-done-text = Kabar pengaduan { $number } mulai sekarang memakai kontak yang baru.
filing-link-quiet-title = Hentikan kabar lewat surel
filing-link-quiet-text = Anda tidak akan menerima surel lagi tentang pengaduan ini. Perkembangannya tetap ada di halaman pelacakan.
filing-link-quiet-do = Hentikan kabar
filing-link-quiet-done-title = Kabar dihentikan
filing-link-quiet-done-text = Tidak ada surel lagi tentang pengaduan ini. Di halaman pelacakan Anda dapat menghidupkannya kembali.

## Kategori dan pertanyaan
filing-categories-title = Formulir pengaduan
filing-categories-lead = Kategori dan pertanyaan yang dilihat warga. Pengaduan lama tetap memakai yang berlaku saat dikirim.
filing-categories-list = Kategori
filing-categories-none = Belum ada kategori. Formulir lalu hanya menanyakan apa yang terjadi.
filing-category-new = Kategori baru
filing-category-name = Nama
filing-category-name-hint = Kata-kata warga, misalnya: Menunggu terlalu lama.
filing-category-add = Tambahkan
filing-category-added = Kategori ditambahkan. Tulis pertanyaannya bila perlu.
filing-category-saved = Tersimpan.
filing-category-taken = Kategori dengan nama ini sudah ada.
filing-category-hidden = Tidak ditawarkan
filing-category-change = Nama dan tampilan
filing-category-offered = Tampil di formulir
filing-category-offered-hint = Yang tidak tampil tetap tercatat pada pengaduan lama.
filing-category-save = Simpan
filing-questions = Pertanyaan
filing-questions-none = Belum ada pertanyaan.
filing-questions-many = Paling banyak { $most } pertanyaan. Formulir yang panjang tidak selesai diisi.
filing-question-new = Pertanyaan baru
filing-question-label = Pertanyaan
filing-question-label-hint = Pendek, dan hanya yang benar-benar diperlukan. Jangan menanyakan NIK.
filing-question-kind = Cara menjawab
filing-question-text = Teks
filing-question-choice = Pilihan
filing-question-date = Tanggal
filing-question-yes-no = Ya atau tidak
filing-question-choices = Pilihan, satu setiap baris
filing-question-choices-hint = Hanya untuk jawaban berupa pilihan.
filing-choices-number = Tulis 2 sampai { $most } pilihan, satu setiap baris.
filing-question-must = Wajib dijawab
filing-question-must-hint = Tanpa jawaban, pengaduan tidak dapat dikirim.
filing-question-required = wajib
filing-question-optional = boleh kosong
filing-question-add = Tambahkan pertanyaan
filing-question-edit = Ubah
filing-question-up = Naikkan
filing-question-edit-title = Ubah pertanyaan
filing-question-edit-note = Pengaduan yang sudah masuk tetap memuat pertanyaan dan jawaban semula.
filing-question-save = Simpan pertanyaan
filing-question-edit-leave = Batal
filing-question-remove-ask = Hapus pertanyaan "{ $label }"? Formulir tidak menanyakannya lagi; jawaban pada pengaduan yang sudah masuk tetap ada.
filing-question-remove-do = Hapus pertanyaan
filing-question-keep = Jangan dihapus
filing-question-remove = Hapus

## Kasus serupa
filing-similar-title = Mungkin sudah ada yang menyampaikan
filing-similar-note = Bila masalahnya sama, Anda cukup mengikuti kabarnya. Bila tidak, kirim pengaduan Anda di bawah.
filing-similar-read = Baca kasusnya
filing-similar-answered = sudah dijawab
filing-follow-email = Surel untuk kabar
filing-follow-email-hint = Kami mengirim satu tautan untuk memastikan alamatnya benar.
filing-follow-do = Ikuti saja, tidak jadi mengirim
filing-follow-asked = Buka tautan di surel Anda untuk mulai mengikuti. Tulisan Anda belum dikirim.
filing-mail-follow-confirm-subject = Ikuti kasus ini?
filing-mail-follow-confirm-text = Alamat ini diberikan untuk mengikuti kabar sebuah kasus di { $unit }:
filing-mail-follow-confirm-link = Bila itu permintaan Anda, buka tautan ini dalam 3 hari. Bila bukan, abaikan saja:
filing-mail-follow-news-subject = Ada kabar tentang kasus yang Anda ikuti
filing-mail-follow-news-text = Kasus yang Anda ikuti di { $unit } sudah dijawab:
filing-mail-follow-news-link = Tidak ingin mengikuti lagi? Hentikan di sini:
filing-mail-follow-ended-subject = Kasus yang Anda ikuti berakhir tanpa jawaban
filing-mail-follow-ended-text = Kasus yang Anda ikuti di { $unit } sudah berakhir dan tidak akan dijawab. Bila Anda mengalami hal yang sama, Anda dapat mengirim pengaduan sendiri.
filing-mail-follow-ended-link = Tidak ingin mengikuti lagi? Hentikan di sini:
filing-mail-follow-withdrawn-subject = Kasus yang Anda ikuti ditarik kembali
filing-mail-follow-withdrawn-text = Kasus yang Anda ikuti di { $unit } ditarik kembali oleh pelapornya, sehingga tidak akan dijawab dan halamannya tidak ada lagi. Bila Anda mengalami hal yang sama, Anda dapat mengirim pengaduan sendiri.
filing-mail-follow-withdrawn-link = Tidak ingin mengikuti lagi? Hentikan di sini:
filing-contact-one-of = Isi salah satu saja: surel atau nomor telepon.
filing-link-follow-title = Ikuti kasus ini
filing-link-follow-text = Anda menerima surel bila kasusnya dijawab. Setiap surel berisi tautan untuk berhenti.
filing-link-follow-do = Ikuti
filing-link-follow-done-title = Anda mengikuti kasus ini
filing-link-follow-done-text = Kabarnya kami kirim lewat surel.
filing-link-unfollow-title = Berhenti mengikuti
filing-link-unfollow-text = Anda tidak menerima surel lagi tentang kasus ini.
filing-link-unfollow-do = Berhenti mengikuti
filing-link-unfollow-done-title = Anda berhenti mengikuti
filing-link-unfollow-done-text = Alamat Anda sudah dihapus.
complaint-event-followed = Seseorang mulai atau berhenti mengikuti kasus publik
