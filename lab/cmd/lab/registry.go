package main

import "fmt"

// registry holds images and charts. It speaks plain HTTP, on loopback only.
func (l *lab) registry() part {
	config := l.path("config", "registry.yaml")
	return part{name: "registry", listens: []string{registryAddress},
		prepare: func() error {
			return writeFile(config, fmt.Appendf(nil, `version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: %s}
  delete: {enabled: true}
  cache: {blobdescriptor: inmemory}
http:
  addr: %s
  secret: lab
`, l.path("registry"), registryAddress), 0o644)
		},
		process: &process{name: "registry", argv: []string{"/usr/bin/docker-registry", "serve", config}, files: []string{config}},
		ready:   func() error { return httpOK("http://" + registryAddress + "/v2/") },
	}
}
