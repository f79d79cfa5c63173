package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func (l *lab) containerdSocket() string { return l.path("containerd", "containerd.sock") }

// containerd runs the pods, in folders of the lab, so that one that the machine has already is not touched.
func (l *lab) containerd() part {
	config := l.path("config", "containerd.toml")
	return part{name: "containerd", needs: []string{"network"},
		prepare: func() error {
			if err := l.writeCNI(); err != nil {
				return err
			}
			return writeFile(config, fmt.Appendf(nil, `version = 2
root = %q
state = %q
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs", "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing"]
[grpc]
  address = %q
[debug]
  level = "warn"
[plugins."io.containerd.internal.v1.opt"]
  path = %q
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = %q
  # Without CAP_SYS_RESOURCE (as in many virtual machines) no sandbox starts unless this is set.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  stream_server_address = "127.0.0.1"
  max_concurrent_downloads = 4
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
        Root = %q
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = %q
`, l.path("containerd", "root"), l.path("containerd", "state"), l.containerdSocket(), l.path("containerd", "opt"),
				pauseImageName, l.path("containerd", "runc"), l.path("config", "cni")), 0o644)
		},
		process: &process{name: "containerd", argv: []string{"/usr/bin/containerd", "--config", config}, files: []string{config}},
		ready:   func() error { return connects("unix", l.containerdSocket()) },
	}
}

// writeCNI describes the pods' network: one bridge whose first address is the host, so the host reaches every pod and every pod the host.
func (l *lab) writeCNI() error {
	return writeFile(l.path("config", "cni", "10-lab.conflist"), fmt.Appendf(nil, `{
  "cniVersion": "0.4.0",
  "name": "slipway-lab",
  "plugins": [{
    "type": "bridge", "bridge": %q, "isGateway": true, "hairpinMode": true, "ipMasq": false,
    "ipam": {"type": "host-local", "dataDir": %q, "ranges": [[{"subnet": %q, "gateway": %q}]], "routes": [{"dst": "0.0.0.0/0"}]}
  }]
}
`, bridge, l.path("cni"), podCIDR, bridgeAddress), 0o644)
}

func (l *lab) kubelet() part {
	config := l.path("config", "kubelet.yaml")
	return part{name: "kubelet", needs: []string{"kube-apiserver", "containerd"}, renewed: "kube-apiserver", listens: []string{kubeletHealth, bridgeAddress + ":10250"},
		prepare: func() error {
			// Pods get no search domains and no name servers of this machine, only those of the cluster.
			if err := writeFile(l.path("config", "resolv.conf"), nil, 0o644); err != nil {
				return err
			}
			return writeFile(config, fmt.Appendf(nil, `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: %s
readOnlyPort: 0
containerRuntimeEndpoint: unix://%s
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: %s}}
authorization: {mode: Webhook}
tlsCertFile: %s
tlsPrivateKeyFile: %s
cgroupDriver: cgroupfs
cgroupRoot: /%s
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
localStorageCapacityIsolation: false
makeIPTablesUtilChains: false
clusterDomain: cluster.local
clusterDNS: [%s]
resolvConf: %s
podLogsDir: %s
volumePluginDir: %s
serializeImagePulls: false
maxParallelImagePulls: 4
registryPullQPS: 0
eventRecordQPS: 0
kubeAPIQPS: 200
kubeAPIBurst: 400
maxPods: 200
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
evictionHard: {memory.available: 100Mi}
evictionPressureTransitionPeriod: 30s
nodeStatusUpdateFrequency: 10s
shutdownGracePeriod: 0s
`, bridgeAddress, l.containerdSocket(), l.pki("ca.crt"), l.pki("kubelet-server.crt"), l.pki("kubelet-server.key"),
				cgroupRoot, bridgeAddress, l.path("config", "resolv.conf"), l.path("pod-logs"), l.path("kubelet", "volume-plugins")), 0o644)
		},
		process: &process{name: "kubelet", files: []string{config}, argv: []string{l.tool("kubelet"), "--config=" + config,
			"--kubeconfig=" + l.kubeconfig("kubelet"), "--root-dir=" + l.path("kubelet"), "--cert-dir=" + l.path("kubelet", "pki"),
			"--hostname-override=" + nodeName, "--node-ip=" + bridgeAddress, "--v=1"}},
		ready: func() error { return httpOK("http://" + kubeletHealth + "/healthz") },
	}
}

// kubeProxy makes Service addresses work, for pods and for programs on the host.
func (l *lab) kubeProxy() part {
	config := l.path("config", "kube-proxy.yaml")
	return part{name: "kube-proxy", needs: []string{"kube-apiserver"}, renewed: "kube-apiserver", listens: []string{kubeProxyHealth},
		prepare: func() error {
			// Its own sysctls for connection tracking are left alone: a virtual machine may not let them be set.
			return writeFile(config, fmt.Appendf(nil, `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
hostnameOverride: %s
clientConnection: {kubeconfig: %s, qps: 50, burst: 100}
clusterCIDR: %s
healthzBindAddress: %s
metricsBindAddress: ""
nodePortAddresses: [%s/32]
iptables: {localhostNodePorts: false, minSyncPeriod: 200ms, syncPeriod: 30s}
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
`, nodeName, l.kubeconfig("kube-proxy"), podCIDR, kubeProxyHealth, bridgeAddress), 0o644)
		},
		process: &process{name: "kube-proxy", files: []string{config}, argv: []string{l.tool("kube-proxy"), "--config=" + config, "--v=1"}},
		ready:   func() error { return httpOK("http://" + kubeProxyHealth + "/livez") },
	}
}

// dns answers for Services and pods of the cluster, and for nothing else.
func (l *lab) dns() part {
	config := l.path("config", "Corefile")
	return part{name: "coredns", needs: []string{"cluster"}, listens: []string{bridgeAddress + ":53", dnsReadyAddress},
		prepare: func() error {
			return writeFile(config, fmt.Appendf(nil, `.:53 {
  bind %s
  errors
  ready %s
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    kubeconfig %s lab
    pods insecure
    ttl 5
  }
}
`, bridgeAddress, dnsReadyAddress, l.kubeconfig("dns")), 0o644)
		},
		process: &process{name: "coredns", argv: []string{l.tool("coredns"), "-conf", config}, files: []string{config}},
		ready:   func() error { return httpOK("http://" + dnsReadyAddress + "/ready") },
	}
}

// node waits until pods can be made: the node is ready, and the controllers have made the identities that pods run with.
func (l *lab) node() part {
	return part{name: "node", needs: []string{"kubelet", "kube-proxy", "kube-controller-manager", "kube-scheduler", "cluster", "pause image"},
		ready: func() error {
			if err := l.conditionTrue("/api/v1/nodes/"+nodeName, "Ready"); err != nil {
				return err
			}
			var node struct {
				Spec struct{ Taints []struct{ Key string } }
			}
			if err := l.get("/api/v1/nodes/"+nodeName, &node); err != nil {
				return err
			}
			if len(node.Spec.Taints) > 0 {
				return fmt.Errorf("the node still has the taint %s, so no pod is put on it", node.Spec.Taints[0].Key)
			}
			for _, environment := range environments {
				if err := l.get("/api/v1/namespaces/"+environment+"/serviceaccounts/default", nil); err != nil {
					return err
				}
			}
			return nil
		}}
}

// giveToCaller makes a file that holds credentials readable for the person who called through sudo, and for nobody else.
func giveToCaller(path string) error {
	var user, group int
	if _, err := fmt.Sscan(os.Getenv("SUDO_UID"), &user); err != nil {
		return nil
	}
	if _, err := fmt.Sscan(os.Getenv("SUDO_GID"), &group); err != nil {
		return nil
	}
	return os.Chown(filepath.Clean(path), user, group)
}
