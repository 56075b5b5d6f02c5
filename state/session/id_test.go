package session

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

var night = time.Date(2026, 11, 24, 23, 30, 0, 123456789, time.FixedZone("", 3600))

func TestNewID(t *testing.T) {
	for _, test := range []struct {
		random []byte
		want   string
	}{{[]byte{0, 70}, "2026-11-24-amber-heron"}, {[]byte{255, 255}, "2026-11-24-winter-tulip"}} {
		if got, err := NewID(night, bytes.NewReader(test.random)); got != test.want || err != nil {
			t.Errorf("%v gives %q, %v", test.random, got, err)
		}
	}
	none := errors.New("no entropy")
	if _, err := NewID(night, iotest.ErrReader(none)); !errors.Is(err, none) {
		t.Errorf("without random bytes the error is %v", err)
	}
}

func TestWords(t *testing.T) {
	seen := make(map[string]bool)
	for _, list := range []string{qualities, beings} {
		words := strings.Fields(list)
		if len(words) != 128 {
			t.Errorf("%d words, not 128", len(words))
		}
		for _, word := range words {
			if seen[word] || len(word) < 3 || len(word) > 10 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
				t.Errorf("%q is there twice or no plain word", word)
			}
			seen[word] = true
		}
	}
}
