"""Signs a certificate. Reads {"folder", "names"} from standard input, writes {"ca", "certificate", "key"}, all PEM.

The authority is made in the folder the first time, and signs every later certificate too.
"""

import datetime
import json
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LIFETIME = datetime.timedelta(days=7)


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def builder(subject: str, issuer: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + LIFETIME)
    )


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def key_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def authority(folder: pathlib.Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key_file, certificate_file = folder / "ca.key", folder / "ca.crt"
    if not certificate_file.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        made = builder("sandbox", "sandbox", key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
        folder.mkdir(parents=True, exist_ok=True)
        key_file.write_text(key_pem(key))
        certificate_file.write_text(pem(made.sign(key, hashes.SHA256())))
    key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return x509.load_pem_x509_certificate(certificate_file.read_bytes()), key


def main() -> None:
    request = json.load(sys.stdin)
    ca, ca_key = authority(pathlib.Path(request["folder"]))
    names = request["names"] or ["sandbox"]
    key = ec.generate_private_key(ec.SECP256R1())
    alternatives = x509.SubjectAlternativeName([x509.DNSName(each) for each in names])
    certificate = builder(names[0], "sandbox", key.public_key()).add_extension(alternatives, False)
    answer = {"ca": pem(ca), "certificate": pem(certificate.sign(ca_key, hashes.SHA256())), "key": key_pem(key)}
    json.dump(answer, sys.stdout)


main()
