package main

import (
	_ "embed"
	"os"
	"strings"
	"time"
)

// What the cluster holds before anything is released to it.
var (
	//go:embed manifests/base.yaml
	baseManifest string
	//go:embed manifests/environment.yaml
	environmentManifest string
	//go:embed manifests/gateway.yaml
	gatewayManifest string
)

// cluster makes the namespaces, the rights of the lab's own programs and of the workers, and the Gateway API.
func (l *lab) cluster() part {
	return part{name: "cluster", needs: []string{"kube-apiserver"}, prepare: func() error {
		definitions, err := os.ReadFile(l.tool("gateway-api.yaml"))
		if err != nil {
			return err
		}
		manifest := baseManifest
		for _, environment := range environments {
			manifest += "---\n" + fill(environmentManifest, map[string]string{"ENVIRONMENT": environment, "WORKER": workerUser(environment)})
		}
		return l.apply(fill(manifest, map[string]string{"GATEWAY_NAMESPACE": gatewayNamespace}) + string(definitions))
	}, ready: func() error {
		for _, resource := range []string{"gatewayclasses", "gateways", "httproutes"} {
			path := "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + resource + ".gateway.networking.k8s.io"
			if err := l.conditionTrue(path, "Established"); err != nil {
				return err
			}
		}
		return nil
	}}
}

// gateway is Traefik on the host: it reaches pods directly, and programs on the host reach it on loopback.
func (l *lab) gateway() part {
	return part{name: "traefik", needs: []string{"cluster"}, listens: []string{gatewayAddress, gatewayAPIAddress},
		process: &process{name: "traefik", env: []string{"KUBECONFIG=" + l.kubeconfig("gateway")}, argv: []string{l.tool("traefik"),
			"--entrypoints.web.address=" + gatewayAddress,
			"--entrypoints.traefik.address=" + gatewayAPIAddress, "--api.insecure=true", "--ping=true",
			"--providers.kubernetesgateway=true", "--providers.kubernetesgateway.statusaddress.ip=" + host(gatewayAddress),
			// Its default of 2 s would be the latency of every weight change.
			"--providers.providersthrottleduration=100ms",
			"--metrics.prometheus=true", "--metrics.prometheus.addrouterslabels=true",
			"--global.checknewversion=false", "--global.sendanonymoususage=false", "--log.level=WARN", "--log.nocolor=true"}},
		ready: func() error { return httpOK("http://" + gatewayAPIAddress + "/ping") },
	}
}

func (l *lab) gatewayObjects() part {
	return part{name: "gateway", needs: []string{"cluster", "traefik"}, within: 30 * time.Second,
		prepare: func() error {
			return l.apply(fill(gatewayManifest, map[string]string{
				"GATEWAY": gatewayName, "NAMESPACE": gatewayNamespace, "PORT": port(gatewayAddress)}))
		},
		ready: func() error {
			return l.conditionTrue("/apis/gateway.networking.k8s.io/v1/namespaces/"+gatewayNamespace+"/gateways/"+gatewayName, "Programmed")
		}}
}

func fill(text string, values map[string]string) string {
	for name, value := range values {
		text = strings.ReplaceAll(text, "{{"+name+"}}", value)
	}
	return text
}
