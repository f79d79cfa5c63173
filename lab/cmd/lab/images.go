package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

const pauseImageName = registryAddress + "/lab/pause:1"

const (
	manifestType = "application/vnd.oci.image.manifest.v1+json"
	indexType    = "application/vnd.oci.image.index.v1+json"
	configType   = "application/vnd.oci.image.config.v1+json"
	layerType    = "application/vnd.oci.image.layer.v1.tar"
)

var (
	imageName   = regexp.MustCompile(`^([a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*):([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$`)
	blobAddress = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
	uploads     = &http.Client{Timeout: 2 * time.Minute}
)

// descriptor is how OCI documents refer to a blob.
type descriptor struct {
	MediaType string    `json:"mediaType"`
	Digest    string    `json:"digest"`
	Size      int64     `json:"size"`
	Platform  *platform `json:"platform,omitempty"`
}

type platform struct {
	Architecture string `json:"architecture"`
	OS           string `json:"os"`
}

type manifest struct {
	SchemaVersion int          `json:"schemaVersion"`
	MediaType     string       `json:"mediaType"`
	Config        descriptor   `json:"config"`
	Layers        []descriptor `json:"layers"`
}

// image is a manifest and the blobs that it refers to.
type image struct {
	manifest []byte
	blobs    map[string][]byte
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}

func (l *lab) pauseImage() part {
	return part{name: "pause image", needs: []string{"registry"}, prepare: func() error {
		binary, err := os.ReadFile(filepath.Join(l.program, "pause"))
		if err != nil {
			return err
		}
		built, err := binaryImage(binary, nil, nil)
		if err != nil {
			return err
		}
		return built.push("lab/pause", "1")
	}}
}

// importImage is the command import-image: it prints the digest of the pushed manifest, and nothing else, on stdout.
func (l *lab) importImage(arguments []string) error {
	environment, labels := []string{}, map[string]string{}
	for len(arguments) > 1 && strings.HasPrefix(arguments[0], "--") {
		key, value, found := strings.Cut(arguments[1], "=")
		switch {
		case !found || key == "":
			return fmt.Errorf("%s takes KEY=VALUE, not %q", arguments[0], arguments[1])
		case arguments[0] == "--env":
			environment = append(environment, arguments[1])
		case arguments[0] == "--label":
			labels[key] = value
		default:
			return fmt.Errorf("unknown option %s; there are --env KEY=VALUE and --label KEY=VALUE", arguments[0])
		}
		arguments = arguments[2:]
	}
	if len(arguments) != 2 {
		return errors.New("usage: lab/import-image [--env KEY=VALUE]... [--label KEY=VALUE]... NAME:TAG BINARY|OCI.tar")
	}
	parts := imageName.FindStringSubmatch(arguments[0])
	if parts == nil {
		return fmt.Errorf("%q is not NAME:TAG with a lower-case name and no registry, such as podinfo:6.9.2", arguments[0])
	}
	content, err := os.ReadFile(arguments[1])
	if err != nil {
		return fmt.Errorf("the image's content cannot be read: %w", err)
	}
	built, err := imageOf(arguments[1], content, environment, labels)
	if err != nil {
		return err
	}
	if err := built.push(parts[1], parts[2]); err != nil {
		return err
	}
	fmt.Println(digest(built.manifest))
	return nil
}

func imageOf(file string, content []byte, environment []string, labels map[string]string) (*image, error) {
	if bytes.HasPrefix(content, []byte("\x7fELF")) {
		return binaryImage(content, environment, labels)
	}
	if len(environment)+len(labels) > 0 {
		return nil, errors.New("--env and --label are for binaries; an OCI archive has its own")
	}
	return archivedImage(file, content)
}

// binaryImage is one layer with the binary as /app, which is the entry point. The same input always gives the same digest.
func binaryImage(binary []byte, environment []string, labels map[string]string) (*image, error) {
	var layer bytes.Buffer
	layer.Grow(len(binary) + 4096)
	archive := tar.NewWriter(&layer)
	header := &tar.Header{Name: "app", Mode: 0o755, Size: int64(len(binary)), Typeflag: tar.TypeReg, Format: tar.FormatUSTAR, ModTime: time.Unix(0, 0)}
	if err := archive.WriteHeader(header); err != nil {
		return nil, err
	}
	if _, err := archive.Write(binary); err != nil {
		return nil, err
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	layerDigest := digest(layer.Bytes())
	settings := map[string]any{"User": "65532:65532", "Entrypoint": []string{"/app"}, "WorkingDir": "/",
		"Env": append([]string{"PATH=/"}, environment...)}
	if len(labels) > 0 {
		settings["Labels"] = labels
	}
	config, err := json.Marshal(map[string]any{"architecture": "amd64", "os": "linux", "created": "1970-01-01T00:00:00Z", "config": settings,
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{layerDigest}}})
	if err != nil {
		return nil, err
	}
	document, err := json.Marshal(manifest{SchemaVersion: 2, MediaType: manifestType,
		Config: descriptor{MediaType: configType, Digest: digest(config), Size: int64(len(config))},
		Layers: []descriptor{{MediaType: layerType, Digest: layerDigest, Size: int64(layer.Len())}}})
	if err != nil {
		return nil, err
	}
	return &image{document, map[string][]byte{digest(config): config, layerDigest: layer.Bytes()}}, nil
}

// archivedImage reads an archive in the OCI image layout; of an image for several platforms it takes linux/amd64.
func archivedImage(file string, content []byte) (*image, error) {
	entries := map[string][]byte{}
	archive := tar.NewReader(bytes.NewReader(content))
	for {
		header, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s is neither a Linux binary nor an OCI archive (tar): %w", file, err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if entries[strings.TrimPrefix(filepath.Clean("/"+header.Name), "/")], err = io.ReadAll(archive); err != nil {
			return nil, err
		}
	}
	if entries["index.json"] == nil {
		if entries["manifest.json"] != nil {
			return nil, fmt.Errorf("%s is in Docker's format; make an OCI archive (Jib: <container><format>OCI</format></container>)", file)
		}
		return nil, fmt.Errorf("%s has no index.json: it is no archive in the OCI image layout", file)
	}
	blob := func(address string) ([]byte, error) {
		if !blobAddress.MatchString(address) {
			return nil, fmt.Errorf("%s refers to %q, which is no sha256 digest", file, address)
		}
		found := entries["blobs/sha256/"+strings.TrimPrefix(address, "sha256:")]
		if found == nil || digest(found) != address {
			return nil, fmt.Errorf("%s has no blob %s, or a broken one", file, address)
		}
		return found, nil
	}
	document, mediaType := entries["index.json"], indexType
	for mediaType == indexType || mediaType == "application/vnd.docker.distribution.manifest.list.v2+json" {
		var index struct {
			Manifests []descriptor `json:"manifests"`
		}
		if err := json.Unmarshal(document, &index); err != nil {
			return nil, fmt.Errorf("the index of %s is not readable: %w", file, err)
		}
		chosen, err := forThisMachine(file, index.Manifests)
		if err != nil {
			return nil, err
		}
		if document, err = blob(chosen.Digest); err != nil {
			return nil, err
		}
		mediaType = chosen.MediaType
	}
	var m manifest
	if err := json.Unmarshal(document, &m); err != nil {
		return nil, fmt.Errorf("the manifest of %s is not readable: %w", file, err)
	}
	built := &image{document, map[string][]byte{}}
	for _, part := range append([]descriptor{m.Config}, m.Layers...) {
		content, err := blob(part.Digest)
		if err != nil {
			return nil, err
		}
		built.blobs[part.Digest] = content
	}
	return built, nil
}

func forThisMachine(file string, manifests []descriptor) (descriptor, error) {
	for _, m := range manifests {
		if m.Platform == nil || (m.Platform.OS == "linux" && m.Platform.Architecture == "amd64") {
			return m, nil
		}
	}
	return descriptor{}, fmt.Errorf("%s has no image for linux/amd64", file)
}

// push uploads what the registry does not have yet, and then the manifest under the tag.
func (i *image) push(name, tag string) error {
	base := "http://" + registryAddress + "/v2/" + name
	for address, content := range i.blobs {
		if err := pushBlob(base, address, content); err != nil {
			return err
		}
	}
	var kind struct {
		MediaType string `json:"mediaType"`
	}
	if json.Unmarshal(i.manifest, &kind); kind.MediaType == "" {
		kind.MediaType = manifestType
	}
	return put(base+"/manifests/"+tag, kind.MediaType, i.manifest)
}

func pushBlob(base, address string, content []byte) error {
	response, err := uploads.Head(base + "/blobs/" + address)
	if err != nil {
		return fmt.Errorf("the lab's registry does not answer (is the lab up? `make lab-status`): %w", err)
	}
	response.Body.Close()
	if response.StatusCode == http.StatusOK {
		return nil
	}
	response, err = uploads.Post(base+"/blobs/uploads/", "", nil)
	if err != nil {
		return err
	}
	response.Body.Close()
	target, err := response.Location()
	if err != nil {
		return fmt.Errorf("the registry gave no place for an upload (%s): %w", response.Status, err)
	}
	query := target.Query()
	query.Set("digest", address)
	target.RawQuery = query.Encode()
	return put(target.String(), "application/octet-stream", content)
}

func put(address, mediaType string, content []byte) error {
	if _, err := url.Parse(address); err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPut, address, bytes.NewReader(content))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", mediaType)
	response, err := uploads.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		body, _ := io.ReadAll(io.LimitReader(response.Body, 500))
		return fmt.Errorf("the registry refused %s: %s %s", address, response.Status, body)
	}
	return nil
}
