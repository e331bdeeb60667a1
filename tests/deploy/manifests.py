"""Checks the manifests of deploy/ against the schemas of Kubernetes and of the Compose Specification, as two packages
carry them, and for what the schemas leave open. A manifest made wrong on purpose has to be refused first."""

import copy
import pathlib
import sys

import compose_spec
import kubernetes_validate
import yaml

FOLDER = pathlib.Path(__file__).parents[2] / "deploy"
# The oldest that is checked has `preStop.sleep` (1.30), the newest is the newest there is.
KUBERNETES = ["1.30", "1.37"]


def fail(message):
    sys.exit(f"deploy: {message}")


def is_refused(check, broken):
    try:
        check(broken)
    except Exception:
        return
    fail(f"the validator takes anything: {check.__name__}")


def kubernetes(document):
    for version in KUBERNETES:
        kubernetes_validate.validate(document, version, strict=True)


def compose(text):
    specification = compose_spec.PyCompose.from_yaml(text)
    specification.validate()


def kubernetes_is_valid():
    documents = list(yaml.safe_load_all((FOLDER / "kubernetes.yaml").read_text()))
    for document in documents:
        kubernetes(document)
    wrong = copy.deepcopy(documents[0])
    wrong["spec"]["template"]["spec"]["securityContext"]["runAsNonroot"] = True
    is_refused(kubernetes, wrong)
    deployment, service, budget = documents
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    if not labels == service["spec"]["selector"] == budget["spec"]["selector"]["matchLabels"]:
        fail("the service or the budget selects other pods than the deployment makes")
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    ports = {port["name"] for port in container["ports"]}
    probes = [container[f"{name}Probe"]["httpGet"]["port"] for name in ("startup", "readiness", "liveness")]
    if not ports.issuperset([*probes, service["spec"]["ports"][0]["targetPort"]]):
        fail("a probe or the service asks for a port that the container does not name")


def compose_is_valid():
    text = (FOLDER / "compose.yaml").read_text()
    compose(text)
    is_refused(compose, text.replace("read_only: true\n    cap_drop", "read_onli: true\n    cap_drop"))


kubernetes_is_valid()
compose_is_valid()
print("deploy: compose.yaml and kubernetes.yaml are valid")
