//! Forms and the words that they are forms of.

use super::*;

const PAIRS: &str = "
me-     mengurus urus, mengambil ambil, menulis tulis, menerima terima, menyapu sapu, menyimpan simpan, memakai pakai
me-     memeriksa periksa, memotong potong, memasak masak, meminta minta, membayar bayar, membuat buat, mencetak cetak
me-     mendaftar daftar, menjawab jawab, menunggu tunggu, menilai nilai, menikah nikah, mengirim kirim, mengeluh keluh
me-     menggali gali, menghapus hapus, melapor lapor, merekam rekam, mewakili wakil, mengecek cek, menyusul susul
me-     mengolah olah, mengganti ganti, menyanyi nyanyi, menolak tolak, memilih pilih, memungut pungut, menagih tagih
me-kan  melaporkan lapor, menyelesaikan selesai, mengembalikan kembali, menjelaskan jelas, memutuskan putus
me-kan  mengesahkan sah, menerbitkan terbit, memberikan beri, menyampaikan sampai, membersihkan bersih, menaikkan naik
me-i    melengkapi lengkap, mendatangi datang, menemui temu, memenuhi penuh, mengatasi atas, menanggapi tanggap
mem-per memperbaiki baik, memperpanjang panjang, mempermudah mudah, memperbarui baru, mempercepat cepat, mempersulit sulit
ber-    berbayar bayar, berjalan jalan, berhenti henti, berobat obat, bekerja kerja, belajar ajar, berubah ubah
ber-an  berhubungan hubung, bersamaan sama, berpindah pindah, bertugas tugas, bertemu temu, berwarna warna, bermasalah masalah
pe-     pelapor lapor, penulis tulis, pengurus urus, pembayar bayar, petugas petugas, pendaftar daftar, penerima terima
pe-an   pelayanan layan, pendaftaran daftar, pengaduan adu, pembayaran bayar, penyelesaian selesai, pemeriksaan periksa
pe-an   pencetakan cetak, pengambilan ambil, perekaman rekam, penundaan tunda, pengesahan sah, penerbitan terbit
pe-an   pengiriman kirim, penggantian ganti, penghapusan hapus, pemotongan potong, penyimpanan simpan, penilaian nilai
per-an  perbaikan baik, perpanjangan panjang, perubahan ubah, pernikahan nikah, perjalanan jalan, permintaan minta
per-an  perceraian cerai, perpindahan pindah, persyaratan syarat, pertanyaan tanya, peraturan atur, perizinan izin
ke-an   keluhan keluh, kehilangan hilang, kesalahan salah, kerusakan rusak, keterlambatan lambat, kebersihan bersih
ke-an   kelahiran lahir, kematian mati, kesehatan sehat, kependudukan duduk, kelengkapan lengkap, kekurangan kurang
ke-an   keberangkatan angkat, keberatan berat, kecamatan kecamatan, kelurahan kelurahan, kejelasan jelas, kepuasan puas
di-     diambil ambil, ditolak tolak, dibayar bayar, diurus urus, dicetak cetak, ditunda tunda, dijawab jawab, dirusak rusak
di-kan  dijelaskan jelas, dikembalikan kembali, dilaporkan lapor, diselesaikan selesai, diterbitkan terbit, diberikan beri
di-i    dilayani layan, dipenuhi penuh, diperbaiki baik, dilengkapi lengkap, ditemui temu, diakhiri akhir
ter-    terlambat lambat, tertulis tulis, terdaftar daftar, tertunda tunda, terjatuh jatuh, terselesaikan selesai, terasa rasa
se-     sekota kota, sehari hari, setahun tahun, sebulan bulan, seluas luas, secepatnya cepat, selengkapnya lengkap
-an     antrean antre, laporan lapor, tulisan tulis, bayaran bayar, jawaban jawab, pungutan pungut, layanan layan, salinan salin
-kan    laporkan lapor, selesaikan selesai, kembalikan kembali, berikan beri, jelaskan jelas, cetakkan cetak, ambilkan ambil
-i      lengkapi lengkap, layani layan, temui temu, datangi datang, ikuti ikut, akhiri akhir
-nya    kartunya kartu, suratnya surat, petugasnya petugas, jawabannya jawab, laporannya lapor, jalannya jalan
-ku-mu  suratku surat, rumahmu rumah, namaku nama, anakku anak, datamu data
-lah    ambillah ambil, bayarlah bayar, adakah ada, siapakah siapa, apapun apa, mintalah minta, tunggulah tunggu
whole   sekolah sekolah, peserta peserta, berkas berkas, beras beras, berita berita, makan makan, akan akan, jembatan jembatan
whole   pakai pakai, mulai mulai, pegawai pegawai, meja meja, menang menang, perempuan perempuan, keluarga keluarga
spelled ijin izin, antri antre, antrian antre, nomer nomor, nomernya nomor, ektp ktp, akte akta, survey survei, ilang hilang
rules   mengkloning kloning, diklorin klorin, pemblokiran blokir, diblokir blokir, bervariasi varias, variasi varias
";

#[test]
fn the_forms_of_a_word_meet() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in PAIRS.lines().filter(|line| !line.is_empty()) {
        let (group, pairs) = line.split_once(' ').unwrap();
        for pair in pairs.split(',') {
            let (form, word) = pair.trim().split_once(' ').unwrap();
            seen += 1;
            let found = stem(form);
            if found != word {
                wrong.push(format!("{group} {form}: {found}, not {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 150, "{seen}");
}

#[test]
fn a_doubled_word_is_one() {
    for (one, other, found) in [
        ("surat", "surat", Some("surat")),
        ("buku", "bukunya", Some("buku")),
        ("berlari", "lari", Some("lari")),
        ("anak", "anaknya", Some("anak")),
        ("masing", "masing", Some("masing")),
        ("bolak", "balik", None),
        ("ktp", "rusak", None),
    ] {
        assert_eq!(stem_doubled(one, other).as_deref(), found, "{one}-{other}");
    }
}

#[test]
fn what_is_no_word_stays_as_it_is() {
    for word in ["", "a", "2026", "rt05", "kk", "x1y", &"panjang".repeat(20)] {
        assert_eq!(stem(word), word);
    }
}

#[test]
fn a_root_is_its_own_stem() {
    for root in ROOTS.iter() {
        let meant = spelled(root);
        assert_eq!(stem(root), meant, "{root}");
    }
}

#[test]
fn stop_words_tell_nothing() {
    for word in ["yang", "di", "x", ""] {
        assert!(is_stop_word(word), "{word}");
    }
    for word in ["ktp", "7", "loket"] {
        assert!(!is_stop_word(word), "{word}");
    }
}
