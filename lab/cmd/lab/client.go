package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// plain asks for health only. Those addresses are on loopback, and some of them have certificates that they made themselves.
var plain = &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{
	TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}

func httpOK(url string) error {
	response, err := plain.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 500))
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s: %s", url, response.Status, strings.TrimSpace(string(body)))
	}
	return nil
}

func connects(network, address string) error {
	connection, err := net.DialTimeout(network, address, time.Second)
	if err != nil {
		return err
	}
	return connection.Close()
}

var (
	clusterOnce   sync.Once
	clusterClient *http.Client
	clusterError  error
)

// cluster is an HTTP client that the API server knows as the lab's administrator.
func (l *lab) clusterHTTP() (*http.Client, error) {
	clusterOnce.Do(func() {
		certificate, err := tls.LoadX509KeyPair(l.pki("admin.crt"), l.pki("admin.key"))
		if err != nil {
			clusterError = err
			return
		}
		authority, err := os.ReadFile(l.pki("ca.crt"))
		if err != nil {
			clusterError = err
			return
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(authority)
		clusterClient = &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
			TLSClientConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, RootCAs: pool}}}
	})
	return clusterClient, clusterError
}

// get reads one path of the Kubernetes API; into may be nil when only the status counts.
func (l *lab) get(path string, into any) error {
	client, err := l.clusterHTTP()
	if err != nil {
		return err
	}
	response, err := client.Get("https://" + apiServerAddress + path)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s: %s", path, response.Status, tail(string(body), 5))
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(body, into)
}

// apply makes the objects of a manifest what the manifest says, whatever they were.
func (l *lab) apply(manifest string) error {
	command := exec.Command(l.tool("kubectl"), "--kubeconfig", l.kubeconfig("admin"), "apply", "--server-side", "--force-conflicts",
		"--field-manager=slipway-lab", "-f", "-")
	command.Env = append(os.Environ(), "HOME="+l.path("home"))
	command.Stdin = strings.NewReader(manifest)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("kubectl apply failed: %w\n%s", err, tail(string(output), 10))
	}
	return nil
}

// condition is what Kubernetes objects report about themselves.
type condition struct {
	Type    string `json:"type"`
	Status  string `json:"status"`
	Message string `json:"message"`
}

// conditionTrue is nil when the object at that path reports the condition as true.
func (l *lab) conditionTrue(path, name string) error {
	var object struct {
		Status struct {
			Conditions []condition `json:"conditions"`
		} `json:"status"`
	}
	if err := l.get(path, &object); err != nil {
		return err
	}
	for _, c := range object.Status.Conditions {
		if c.Type == name && c.Status == "True" {
			return nil
		}
		if c.Type == name {
			return fmt.Errorf("%s is not %s: %s", path, name, c.Message)
		}
	}
	return fmt.Errorf("%s says nothing about %s yet", path, name)
}
