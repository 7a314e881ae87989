"""How mail arrives. One file a stage: receive → limits → parse → identify → place. Nothing is dropped."""
