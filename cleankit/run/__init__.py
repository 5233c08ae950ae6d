"""The runner: from inputs to outputs, over many documents and several processes.

`inputs` finds files, `plan` groups what they hold into units, `unit` cleans one unit and knows
nothing of pools, `workers` drives it in processes that may die and `ray_engine` on the nodes of a
cluster, `journal` remembers what is done, `output` puts finished units together in the order of the
inputs, `report` tells the story.
"""

ENGINES = ("local", "ray")
"""What can drive the work: processes of this machine, or tasks of Ray."""
