package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const acme = "github.com/go-acme/lego/v4"

// withoutDNSProviders builds Traefik against a copy of its ACME library that knows no DNS provider: with them come the
// clients of some 150 clouds, which are a third of Traefik's packages and which the lab never calls.
func withoutDNSProviders(l *lab, module string) ([]string, error) {
	source, err := downloaded(module, acme)
	if err != nil {
		return nil, err
	}
	copied := filepath.Join(l.cache, "lego-without-dns-providers")
	if err := os.RemoveAll(copied); err != nil {
		return nil, err
	}
	if err := os.CopyFS(copied, os.DirFS(source)); err != nil {
		return nil, fmt.Errorf("%s could not be copied: %w", acme, err)
	}
	providers := filepath.Join(copied, "providers", "dns", "zz_gen_dns_providers.go")
	if err := os.Remove(providers); err != nil {
		return nil, fmt.Errorf("%s has no list of DNS providers where it is looked for: %w", acme, err)
	}
	if err := os.WriteFile(providers, []byte(noDNSProviders), 0o644); err != nil {
		return nil, err
	}
	pins := filepath.Join(l.cache, "traefik-without-dns-providers")
	for _, kind := range []string{".mod", ".sum"} {
		content, err := os.ReadFile(filepath.Join(module, "go"+kind))
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(pins+kind, content, 0o644); err != nil {
			return nil, err
		}
	}
	if output, err := exec.Command("go", "mod", "edit", "-replace", acme+"="+copied, pins+".mod").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the pins of Traefik could not be changed: %w: %s", err, output)
	}
	return []string{"-modfile=" + pins + ".mod"}, nil
}

// downloaded is the folder of a dependency, which is fetched when it is not there yet.
func downloaded(module, dependency string) (string, error) {
	command := exec.Command("go", "mod", "download", "-json", dependency)
	command.Dir = module
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("the module %s was not found: %w", dependency, err)
	}
	var found struct{ Dir string }
	if err := json.Unmarshal(output, &found); err != nil || found.Dir == "" {
		return "", fmt.Errorf("the module %s has no folder (%v): %s", dependency, err, output)
	}
	return found.Dir, nil
}

const noDNSProviders = `package dns

import (
	"fmt"

	"github.com/go-acme/lego/v4/challenge"
)

// NewDNSChallengeProviderByName knows none.
func NewDNSChallengeProviderByName(name string) (challenge.Provider, error) {
	return nil, fmt.Errorf("%s: the lab's Traefik is built without DNS providers", name)
}
`

// copyGatewayAPI puts the resource definitions of the Gateway API beside the gateway that serves that version of them.
func copyGatewayAPI(module, target string) error {
	source, err := downloaded(module, "sigs.k8s.io/gateway-api")
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(source, "config", "crd", "standard", "*.yaml"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("the module of the Gateway API has no resource definitions in config/crd/standard (%v)", err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		all.WriteString("---\n" + string(content) + "\n")
	}
	return os.WriteFile(filepath.Join(target, "gateway-api.yaml"), []byte(all.String()), 0o644)
}
