//! Which permission the pages of a unit and its staff ask for.

use rembuk::access::Permission as P;

pub const PAGES: &[(&str, &str, &[P])] = &[
    ("", "/kerja/instansi", &[P::ManageUnit]),
    ("", "/kerja/instansi/:code", &[P::ManageUnit]),
    ("", "/kerja/instansi/:code/profil", &[P::ManageUnit]),
    ("", "/kerja/instansi/:code/bidang", &[P::ManageUnit]),
    (
        "",
        "/kerja/instansi/:code/pengundang/baru",
        &[P::ManageUnit],
    ),
    ("", "/kerja/instansi/:code/pejabat/baru", &[P::ManageUnit]),
    ("", "/kerja/instansi/:code/pejabat/:id", &[P::ManageUnit]),
    (
        "",
        "/kerja/instansi/:code/pejabat/:id/jabatan",
        &[P::ManageUnit],
    ),
    ("", "/kerja/pegawai", &[P::ManagePeople]),
    ("", "/kerja/pegawai/baru", &[P::ManagePeople]),
    ("", "/kerja/pegawai/:id", &[P::ManagePeople]),
    ("", "/kerja/pegawai/:id/tautan", &[P::ManagePeople]),
    ("", "/kerja/pegawai/:id/tutup", &[P::ManagePeople]),
    ("", "/kerja/pegawai/:id/buka", &[P::ManagePeople]),
];
