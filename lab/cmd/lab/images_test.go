package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

var binary = []byte("\x7fELF and the rest")

func TestTheSameBinaryGivesTheSameDigest(t *testing.T) {
	one, err := binaryImage(binary, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	two, _ := binaryImage(binary, nil, nil)
	other, _ := binaryImage(binary, []string{"A=1"}, nil)
	labelled, _ := binaryImage(binary, nil, map[string]string{"a": "1"})
	if digest(one.manifest) != digest(two.manifest) {
		t.Error("two images of one binary differ")
	}
	if digest(one.manifest) == digest(other.manifest) || digest(one.manifest) == digest(labelled.manifest) {
		t.Error("an environment or a label makes no other image")
	}
}

func TestAnArchiveKeepsItsManifest(t *testing.T) {
	built, err := binaryImage(binary, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	read, err := archivedImage("image.tar", archive(t, built, true))
	if err != nil {
		t.Fatal(err)
	}
	if digest(read.manifest) != digest(built.manifest) || len(read.blobs) != 2 {
		t.Errorf("read %s with %d blobs", digest(read.manifest), len(read.blobs))
	}
}

func TestArchivesThatAreNotWholeAreRefused(t *testing.T) {
	built, _ := binaryImage(binary, nil, nil)
	for content, reason := range map[string]string{
		"text":                                 "neither a Linux binary nor an OCI archive",
		string(archive(t, built, false)):       "has no blob sha256:",
		string(pack(t, "manifest.json", "[]")): "Docker's format",
		string(pack(t, "readme", "")):          "no index.json",
		string(pack(t, "index.json", `{"manifests":[{"digest":"sha256:../../x"}]}`)):                                          "no sha256 digest",
		string(pack(t, "index.json", `{"manifests":[{"platform":{"os":"linux","architecture":"s390x"},"digest":"sha256"}]}`)): "linux/amd64",
	} {
		if _, err := archivedImage("image.tar", []byte(content)); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("want a refusal with %q, got %v", reason, err)
		}
	}
}

// archive packs an image in the OCI layout, with its blobs or with its manifest only.
func archive(t *testing.T, i *image, whole bool) []byte {
	index, err := json.Marshal(map[string]any{"schemaVersion": 2,
		"manifests": []descriptor{{MediaType: manifestType, Digest: digest(i.manifest), Size: int64(len(i.manifest))}}})
	if err != nil {
		t.Fatal(err)
	}
	files := []string{"index.json", string(index), blobPath(digest(i.manifest)), string(i.manifest)}
	for address, content := range i.blobs {
		if whole {
			files = append(files, blobPath(address), string(content))
		}
	}
	return pack(t, files...)
}

func blobPath(address string) string { return "blobs/" + strings.Replace(address, ":", "/", 1) }

func pack(t *testing.T, namesAndContents ...string) []byte {
	var packed bytes.Buffer
	writer := tar.NewWriter(&packed)
	for i := 0; i < len(namesAndContents); i += 2 {
		header := &tar.Header{Name: "./" + namesAndContents[i], Mode: 0o644, Size: int64(len(namesAndContents[i+1]))}
		if err := writer.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		writer.Write([]byte(namesAndContents[i+1]))
	}
	writer.Close()
	return packed.Bytes()
}
