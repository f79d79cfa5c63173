package main

import "testing"

func TestASectionIsReplacedAndTheOthersStay(t *testing.T) {
	text := replaceSection("", "lab", "export A=1\n")
	text = replaceSection(text, "slipway", "export B=2")
	text = replaceSection(text, "lab", "export A=3\n")
	want := "# >>> lab >>>\nexport A=3\n# <<< lab <<<\n# >>> slipway >>>\nexport B=2\n# <<< slipway <<<\n"
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	if rest := replaceSection(replaceSection(text, "lab", ""), "slipway", ""); rest != "" {
		t.Errorf("without sections something is left: %q", rest)
	}
}

func TestWhatSomebodyWroteOutsideTheSectionsStays(t *testing.T) {
	text := replaceSection("export MINE=1\n", "lab", "export A=1\n")
	if got := replaceSection(text, "lab", ""); got != "export MINE=1\n" {
		t.Errorf("got %q", got)
	}
}
