# Rencana aksi: dari suara sampai bukti.
action-plans-title = Rencana aksi
action-plans-chain-title = Dari suara sampai bukti
action-plans-chain-voices = Suara
action-plans-chain-agenda = Agenda forum
action-plans-chain-agreement = Kesepakatan
action-plans-chain-actions = Tindakan
action-plans-chain-proof = Bukti
action-plans-history = Riwayat
action-plans-progress = Kemajuan
action-plans-evidence = Bukti dukung
action-plans-evidence-none = Belum ada bukti. Tindakan tanpa bukti belum dihitung selesai.
