"""Certificates of an authority that lives as long as the tests: no key is kept anywhere."""

import ssl
import subprocess

CONFIGURATION = """
[ca]
default_ca = tests
[tests]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
keyUsage = critical, keyCertSign
"""
PAST, FUTURE = ("20200101000000Z", "20210101000000Z"), ("20200101000000Z", "20991231000000Z")
# host: (name in its certificate, from when and until when)
HOSTS = {
    "site.test": ("site.test", FUTURE),
    "autre-nom.test": ("site.test", FUTURE),
    "perime.test": ("perime.test", PAST),
    "xn--prfecture-c4a.test": ("xn--prfecture-c4a.test", FUTURE),
}
SELF_SIGNED = "sans-garant.test"


class Certificates:
    """``contexts`` are what a server shows for each host; ``authority`` is the file to trust."""

    def __init__(self, folder):
        self._folder = folder
        (folder / "openssl.cnf").write_text(CONFIGURATION)
        (folder / "index.txt").touch()
        (folder / "serial").write_text("01\n")
        self.authority = str(folder / "authority.pem")
        self._self_signed("authority", "Autorité des tests", extensions="authority")
        self._self_signed(SELF_SIGNED, SELF_SIGNED, extensions="authority")
        self.contexts = {SELF_SIGNED: self._context(SELF_SIGNED)}
        for host, (name, days) in HOSTS.items():
            self._sign(host, name, days)
            self.contexts[host] = self._context(host)

    def _openssl(self, *arguments):
        command = ["openssl", *arguments]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True, timeout=60)

    def _new_key(self, kept_as, name):
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        subject = ("-config", "openssl.cnf", "-utf8", "-subj", f"/CN={name}")
        return (*curve, *subject, "-keyout", f"{kept_as}.key")

    def _self_signed(self, kept_as, name, extensions):
        self._openssl(
            *("req", "-x509", "-days", "30", "-extensions", extensions),
            *(*self._new_key(kept_as, name), "-out", f"{kept_as}.pem"),
        )

    def _sign(self, host, name, days):
        self._openssl("req", "-new", *self._new_key(host, name), "-out", f"{host}.csr")
        extensions = self._folder / f"{host}.ext"
        extensions.write_text(f"subjectAltName=DNS:{name}\nauthorityKeyIdentifier=keyid\n")
        self._openssl(
            *("ca", "-batch", "-notext", "-config", "openssl.cnf"),
            *("-cert", "authority.pem", "-keyfile", "authority.key"),
            *("-startdate", days[0], "-enddate", days[1], "-extfile", extensions.name),
            *("-in", f"{host}.csr", "-out", f"{host}.pem"),
        )

    def _context(self, host):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / f"{host}.pem", self._folder / f"{host}.key")
        return context
