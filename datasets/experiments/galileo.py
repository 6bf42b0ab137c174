"""A ball that rolls down a groove."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="galileo",
    title="Galileo's inclined plane: how far a ball has rolled after equal times",
    inputs={"time": "beat"},
    target="distance",
    unit="punto",
    year=1604,
    source="G. Galilei, Notes on Motion, folio 107 verso (about 1604); S. Drake, Scientific American 232"
    " (1975).",
    checked="Two transcriptions of the folio; its eighth entry is left out because its reading is uncertain",
    note="Time was kept by even beats, about half a second; a punto is about 0.94 mm.",
    law="k*time**2",
    constants={"k": 33.0503},
    fitted=True,
    tolerance=0.003,
)
