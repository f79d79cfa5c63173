package main

import "net"

// etcd keeps the cluster's data; without fsync, as nothing in it has to outlive this machine.
func (l *lab) etcd() part {
	return part{name: "etcd", listens: []string{etcdAddress, etcdPeerAddress},
		process: &process{name: "etcd", argv: []string{"/usr/bin/etcd",
			"--name=lab", "--data-dir=" + l.path("etcd"), "--unsafe-no-fsync", "--logger=zap", "--log-level=warn",
			"--listen-client-urls=http://" + etcdAddress, "--advertise-client-urls=http://" + etcdAddress,
			"--listen-peer-urls=http://" + etcdPeerAddress, "--initial-advertise-peer-urls=http://" + etcdPeerAddress,
			"--initial-cluster=lab=http://" + etcdPeerAddress, "--heartbeat-interval=500", "--election-timeout=2500"}},
		ready: func() error { return httpOK("http://" + etcdAddress + "/health") },
	}
}

func (l *lab) apiServer() part {
	return part{name: "kube-apiserver", needs: []string{"certificates", "network", "etcd"}, listens: []string{apiServerAddress},
		process: &process{name: "kube-apiserver", argv: []string{l.tool("kube-apiserver"),
			"--etcd-servers=http://" + etcdAddress, "--bind-address=" + bridgeAddress, "--advertise-address=" + bridgeAddress,
			"--secure-port=16443", "--service-cluster-ip-range=" + serviceCIDR,
			"--tls-cert-file=" + l.pki("apiserver.crt"), "--tls-private-key-file=" + l.pki("apiserver.key"),
			"--client-ca-file=" + l.pki("ca.crt"), "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
			"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
			"--service-account-key-file=" + l.pki("service-accounts.pub"), "--service-account-signing-key-file=" + l.pki("service-accounts.key"),
			"--kubelet-client-certificate=" + l.pki("apiserver-kubelet-client.crt"), "--kubelet-client-key=" + l.pki("apiserver-kubelet-client.key"),
			"--kubelet-certificate-authority=" + l.pki("ca.crt"), "--kubelet-preferred-address-types=InternalIP",
			"--allow-privileged=true", "--enable-priority-and-fairness=false", "--profiling=false", "--event-ttl=6h",
			"--shutdown-delay-duration=0s", "--v=1"}},
		ready: func() error { return l.get("/readyz", nil) },
	}
}

func (l *lab) controllerManager() part {
	return part{name: "kube-controller-manager", needs: []string{"kube-apiserver"}, renewed: "kube-apiserver", listens: []string{controllerHealth},
		process: &process{name: "kube-controller-manager", argv: []string{l.tool("kube-controller-manager"),
			"--kubeconfig=" + l.kubeconfig("kube-controller-manager"), "--bind-address=127.0.0.1", "--leader-elect=false",
			"--root-ca-file=" + l.pki("ca.crt"), "--service-account-private-key-file=" + l.pki("service-accounts.key"),
			"--cluster-signing-cert-file=" + l.pki("ca.crt"), "--cluster-signing-key-file=" + l.pki("ca.key"),
			// Each controller has a service account of its own, which is what the built-in roles are bound to.
			"--use-service-account-credentials=true",
			"--kube-api-qps=200", "--kube-api-burst=400", "--profiling=false", "--v=1"}},
		ready: func() error { return httpOK("https://" + controllerHealth + "/healthz") },
	}
}

func (l *lab) scheduler() part {
	return part{name: "kube-scheduler", needs: []string{"kube-apiserver"}, renewed: "kube-apiserver", listens: []string{schedulerHealth},
		process: &process{name: "kube-scheduler", argv: []string{l.tool("kube-scheduler"),
			"--kubeconfig=" + l.kubeconfig("kube-scheduler"), "--bind-address=127.0.0.1", "--leader-elect=false",
			"--kube-api-qps=200", "--kube-api-burst=400", "--profiling=false", "--v=1"}},
		ready: func() error { return httpOK("https://" + schedulerHealth + "/healthz") },
	}
}

// host is the address part of HOST:PORT, port the other.
func host(address string) string { h, _, _ := net.SplitHostPort(address); return h }
func port(address string) string { _, p, _ := net.SplitHostPort(address); return p }
