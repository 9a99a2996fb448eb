# Action plan: from voice to proof.
action-plans-title = Action plan
action-plans-chain-title = From voice to proof
action-plans-chain-voices = Voice
action-plans-chain-agenda = Forum agenda
action-plans-chain-agreement = Agreement
action-plans-chain-actions = Action
action-plans-chain-proof = Proof
action-plans-history = History
action-plans-progress = Progress
action-plans-evidence = Evidence
action-plans-evidence-none = No evidence yet. An action without evidence does not count as done.
