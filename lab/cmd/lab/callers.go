package main

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net"
	"os"
	"path/filepath"
	"regexp"
)

var callerName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// makeCertificates is the command certificates: an authority in the folder, and for each name that has none a certificate
// that is good for both sides of a connection on this machine, with a key as Java reads it (PKCS #8).
func makeCertificates(arguments []string) error {
	usage := errors.New("usage: lab/lab certificates FOLDER NAME..., with names in lower-case letters")
	if len(arguments) < 2 {
		return usage
	}
	folder := arguments[0]
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	authority, err := authorityIn(folder)
	if err != nil {
		return err
	}
	for _, name := range arguments[1:] {
		if !callerName.MatchString(name) || name == "ca" {
			return usage
		}
		if _, err := os.Stat(filepath.Join(folder, name+".crt")); err == nil {
			continue
		}
		if err := authority.issueCaller(folder, name); err != nil {
			return err
		}
	}
	return nil
}

func (a *authority) issueCaller(folder, name string) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	template := template(name, nil)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}
	template.DNSNames = []string{name}
	template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	encoded, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	// the certificate last: it says that the name has both
	return errors.Join(
		writeFile(filepath.Join(folder, name+".key"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}), 0o600),
		writeCertificate(filepath.Join(folder, name+".crt"), encoded))
}
