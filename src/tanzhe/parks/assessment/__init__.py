"""An account judged by a rule set: indicators, verdict, gap, evidence, notes, outlook."""
