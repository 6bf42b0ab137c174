"""How much timber there is in a tree."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="trees",
    title="Volume of 31 black cherry trees from diameter and height",
    inputs={"diameter": "inch", "height": "ft"},
    target="volume",
    unit="ft**3",
    year=1953,
    source="H. A. Meyer, Forest Mensuration (Penns Valley Publishers, 1953); T. A. Ryan et al., The "
    "Minitab Student Handbook (Duxbury Press, 1976).",
    checked="R datasets package (Rdatasets), `trees`",
    note="Trees differ in taper; the form factor lies between a cone (1/3) and a cylinder (1). The "
    "diameter is taken at 4.5 ft.",
    law="form*pi/4*(diameter/12)**2*height",
    constants={"form": 0.386513},
    fitted=True,
    tolerance=0.075,
)
