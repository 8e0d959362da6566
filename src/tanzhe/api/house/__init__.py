"""The installation and its workspaces: examined, backed up, copied; examples to begin with."""
