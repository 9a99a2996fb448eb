# Forum Konsultasi Publik.
forums-title = Forum
forums-path-label = Tahap forum
forums-points-title = Butir kesepakatan
forums-points-number = No.
forums-points-text = Butir
forums-points-source = Berasal dari
forums-points-action = Rencana aksi
forums-points-no-action = Belum ada
forums-agenda-title = Susunan acara
forums-agenda-time = Waktu
forums-agenda-item = Acara
forums-agenda-who = Penanggung jawab
forums-missing-title = Yang belum
forums-missing-none = Tahap ini lengkap. Anda dapat melanjutkan.
forums-groups-title = Peserta menurut unsur
forums-documents-title = Dokumen
forums-documents-none = Belum ada dokumen. Dokumen dibuat dari catatan forum, tidak diketik ulang.
