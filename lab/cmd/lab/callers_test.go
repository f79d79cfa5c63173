package main

import (
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"
)

func TestCertificatesAreSignedByTheFoldersAuthorityAndMadeOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "callers")
	if err := makeCertificates([]string{folder, "starter"}); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(folder, "starter.crt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := makeCertificates([]string{folder, "starter", "worker-control"}); err != nil {
		t.Fatal(err)
	}
	after, _ := os.ReadFile(filepath.Join(folder, "starter.crt"))
	if string(before) != string(after) {
		t.Error("a certificate that was there was made anew")
	}
	authority, err := authorityIn(folder)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(authority.certificate)
	for _, name := range []string{"starter", "worker-control"} {
		encoded, err := readPEM(filepath.Join(folder, name+".crt"))
		if err != nil {
			t.Fatal(err)
		}
		certificate, err := x509.ParseCertificate(encoded)
		if err != nil {
			t.Fatal(err)
		}
		for _, usage := range []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth} {
			if _, err := certificate.Verify(x509.VerifyOptions{Roots: roots, DNSName: name, KeyUsages: []x509.ExtKeyUsage{usage}}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if status, err := os.Stat(filepath.Join(folder, name+".key")); err != nil || status.Mode().Perm() != 0o600 {
			t.Errorf("the key of %s can be read by others: %v %v", name, status, err)
		}
	}
}

func TestCertificatesRefusesNamesThatLeadElsewhere(t *testing.T) {
	for _, name := range []string{"../up", "ca", "", "A"} {
		if err := makeCertificates([]string{t.TempDir(), name}); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
}
