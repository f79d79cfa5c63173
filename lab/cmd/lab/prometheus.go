package main

import "fmt"

// prometheus scrapes the pods that ask for it by annotation, and the gateway.
func (l *lab) prometheus() part {
	config := l.path("config", "prometheus.yaml")
	return part{name: "prometheus", needs: []string{"cluster"}, listens: []string{prometheusLocal, prometheusBridge},
		prepare: func() error {
			return writeFile(config, fmt.Appendf(nil, `global:
  scrape_interval: 2s
  scrape_timeout: 2s
  evaluation_interval: 2s
scrape_configs:
  - job_name: pods
    kubernetes_sd_configs:
      - role: pod
        kubeconfig_file: %s
    relabel_configs:
      - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape], regex: "true", action: keep}
      - {source_labels: [__meta_kubernetes_pod_phase], regex: "Running", action: keep}
      - {source_labels: [__meta_kubernetes_pod_container_init], regex: "true", action: drop}
      - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scheme], regex: "(https?)", target_label: __scheme__}
      - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_path], regex: "(.+)", target_label: __metrics_path__}
      - source_labels: [__meta_kubernetes_pod_ip, __meta_kubernetes_pod_annotation_prometheus_io_port]
        regex: "(.+);(\\d+)"
        replacement: "$1:$2"
        target_label: __address__
      - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
      - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
      - {source_labels: [__meta_kubernetes_pod_label_app_kubernetes_io_instance], target_label: app_kubernetes_io_instance}
  - job_name: gateway
    static_configs:
      - targets: [%q]
`, l.kubeconfig("prometheus"), gatewayAPIAddress), 0o644)
		},
		process: &process{name: "prometheus", files: []string{config}, argv: []string{l.tool("prometheus"), "--config.file=" + config,
			"--storage.tsdb.path=" + l.path("prometheus"), "--storage.tsdb.retention.time=12h",
			"--web.listen-address=" + prometheusLocal, "--web.listen-address=" + prometheusBridge, "--log.level=warn"}},
		ready: func() error { return httpOK("http://" + prometheusLocal + "/-/ready") },
	}
}
