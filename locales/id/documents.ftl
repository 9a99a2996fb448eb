# Register dokumen, verifikasi, berkas.
documents-file-empty = Berkas ini kosong. Pilih berkas lain.
documents-file-kind = Jenis berkas ini tidak diterima. Kirim foto (JPEG, PNG, WebP), PDF, Word (.docx), atau Excel (.xlsx) tanpa makro.
documents-file-unknown = Berkas tidak ditemukan atau sudah dipakai. Unggah kembali.
