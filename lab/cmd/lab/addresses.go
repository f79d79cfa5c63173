package main

// The lab's addresses. Pods reach the host at bridgeAddress; nothing listens on an address that other machines reach.
const (
	bridge        = "slipway0"
	bridgeAddress = "10.244.0.1"
	podCIDR       = "10.244.0.0/24"
	serviceCIDR   = "10.96.0.0/16"
	nodeName      = "lab"

	etcdAddress       = "127.0.0.1:12379"
	etcdPeerAddress   = "127.0.0.1:12380"
	apiServerAddress  = bridgeAddress + ":16443"
	registryAddress   = "127.0.0.1:5000"
	temporalAddress   = "127.0.0.1:7233" // its inner services find each other at 127.0.0.1, whatever --ip says
	temporalBridge    = bridgeAddress + ":7233"
	temporalUIAddress = "127.0.0.1:8233"
	gatewayAddress    = "127.0.0.1:8000"
	gatewayAPIAddress = "127.0.0.1:18080"
	prometheusLocal   = "127.0.0.1:9090"
	prometheusBridge  = bridgeAddress + ":9090"
	dnsReadyAddress   = "127.0.0.1:18053"
	kubeletHealth     = "127.0.0.1:10248"
	kubeProxyHealth   = "127.0.0.1:10256"
	controllerHealth  = "127.0.0.1:10257"
	schedulerHealth   = "127.0.0.1:10259"

	gatewayName      = "lab"
	gatewayNamespace = "gateway"
)

// environments are the namespaces that releases go through, each with a worker identity of its own.
var environments = []string{"development", "staging", "production"}
