package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// identity is somebody who speaks to the API server, by client certificate: user is its CN, groups are its O.
type identity struct {
	file   string // name of its kubeconfig
	user   string
	groups []string
	names  []string // set for servers: the names and addresses that they are reached by
}

func (l *lab) pki(name string) string        { return l.path("pki", name) }
func (l *lab) kubeconfig(name string) string { return l.path("kubeconfig", name+".yaml") }

// workerUser is the identity that a worker of that environment acts with.
func workerUser(environment string) string { return "slipway-worker-" + environment }

func identities() []identity {
	all := []identity{
		{file: "admin", user: "slipway-lab-admin", groups: []string{"system:masters"}},
		{file: "kube-controller-manager", user: "system:kube-controller-manager"},
		{file: "kube-scheduler", user: "system:kube-scheduler"},
		{file: "kubelet", user: "system:node:" + nodeName, groups: []string{"system:nodes"}},
		{file: "kube-proxy", user: "system:kube-proxy"},
		{file: "gateway", user: "slipway-lab-gateway"},
		{file: "prometheus", user: "slipway-lab-prometheus"},
		{file: "dns", user: "slipway-lab-dns"},
		{file: "apiserver-kubelet-client", user: "slipway-lab-apiserver", groups: []string{"system:masters"}},
		{file: "apiserver", user: "kube-apiserver", names: []string{"localhost", "kubernetes", "kubernetes.default",
			"kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "127.0.0.1", bridgeAddress, "10.96.0.1"}},
		{file: "kubelet-server", user: "kubelet-server", names: []string{nodeName, bridgeAddress, "127.0.0.1"}},
	}
	for _, environment := range environments {
		all = append(all, identity{file: environment, user: workerUser(environment), groups: []string{"slipway-workers"}})
	}
	return all
}

// certificates makes the cluster's authority once, and a certificate and kubeconfig for every identity that has none.
func (l *lab) certificates() part {
	return part{name: "certificates", prepare: func() error {
		authority, err := authorityIn(l.path("pki"))
		if err != nil {
			return err
		}
		if _, err := os.Stat(l.pki("service-accounts.key")); err != nil {
			key, err := newKey()
			if err != nil {
				return err
			}
			if err := errors.Join(writePublic(l.pki("service-accounts.pub"), key), writeKey(l.pki("service-accounts.key"), key)); err != nil {
				return err
			}
		}
		for _, who := range identities() {
			if _, err := os.Stat(l.kubeconfig(who.file)); err == nil {
				continue
			}
			if err := authority.issue(l, who); err != nil {
				return err
			}
		}
		return nil
	}}
}

type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// authorityIn is that of a folder, made when there is none.
func authorityIn(folder string) (*authority, error) {
	if certificate, err := readPEM(filepath.Join(folder, "ca.crt")); err == nil {
		encoded, err := readPEM(filepath.Join(folder, "ca.key"))
		if err != nil {
			return nil, err
		}
		key, err := x509.ParseECPrivateKey(encoded)
		if err != nil {
			return nil, err
		}
		parsed, err := x509.ParseCertificate(certificate)
		return &authority{parsed, key}, err
	}
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	template := template("slipway-lab", nil)
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	encoded, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(writeKey(filepath.Join(folder, "ca.key"), key), writeCertificate(filepath.Join(folder, "ca.crt"), encoded)); err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(encoded)
	return &authority{parsed, key}, err
}

func (a *authority) issue(l *lab, who identity) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	template := template(who.user, who.groups)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	for _, name := range who.names {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		if address := net.ParseIP(name); address != nil {
			template.IPAddresses = append(template.IPAddresses, address)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	encoded, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return err
	}
	if err := errors.Join(writeKey(l.pki(who.file+".key"), key), writeCertificate(l.pki(who.file+".crt"), encoded)); err != nil {
		return err
	}
	return l.writeKubeconfig(who)
}

func (l *lab) writeKubeconfig(who identity) error {
	var encoded [3]string
	for i, file := range []string{"ca.crt", who.file + ".crt", who.file + ".key"} {
		content, err := os.ReadFile(l.pki(file))
		if err != nil {
			return err
		}
		encoded[i] = base64.StdEncoding.EncodeToString(content)
	}
	namespace := "default"
	for _, environment := range environments {
		if who.file == environment {
			namespace = environment
		}
	}
	file := l.kubeconfig(who.file)
	if err := writeFile(file, fmt.Appendf(nil, `apiVersion: v1
kind: Config
current-context: lab
clusters:
- name: lab
  cluster:
    server: https://%s
    certificate-authority-data: %s
contexts:
- name: lab
  context: {cluster: lab, user: %s, namespace: %s}
users:
- name: %s
  user:
    client-certificate-data: %s
    client-key-data: %s
`, apiServerAddress, encoded[0], who.user, namespace, who.user, encoded[1], encoded[2]), 0o600); err != nil {
		return err
	}
	return giveToCaller(file)
}

func template(user string, groups []string) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err) // the kernel has no randomness: nothing can be done
	}
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: user, Organization: groups},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(1, 0, 0),
	}
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func writeKey(path string, key *ecdsa.PrivateKey) error {
	encoded, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return writeFile(path, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded}), 0o600)
}

func writePublic(path string, key *ecdsa.PrivateKey) error {
	encoded, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	return writeFile(path, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: encoded}), 0o644)
}

func writeCertificate(path string, encoded []byte) error {
	return writeFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: encoded}), 0o644)
}

func readPEM(path string) ([]byte, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(content)
	if block == nil {
		return nil, fmt.Errorf("%s is not in PEM form", path)
	}
	return block.Bytes, nil
}
