package session

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// NewID makes an incident's id: the date of now, in its zone, and two plain words,
// as in 2026-11-24-amber-heron. It can be said over a telephone and gives nothing
// away. random gives two bytes; the error is its.
func NewID(now time.Time, random io.Reader) (string, error) {
	var pick [2]byte
	if _, err := io.ReadFull(random, pick[:]); err != nil {
		return "", fmt.Errorf("no random numbers for an incident's id: %w", err)
	}
	return now.Format(time.DateOnly) + "-" + word(qualities, pick[0]) + "-" + word(beings, pick[1]), nil
}

// word is the nth of 128 words.
func word(words string, n byte) string { return strings.Fields(words)[n%128] }

// The words: short, of one spelling, unlike each other in sound, and with no
// meaning that would matter in a bad night. There are 128 in each list.
const (
	qualities = `
		amber ample azure bold brave breezy brief bright brisk bronze calm candid
		caring cedar chalky cheery chosen civic clean clever coastal cobalt copper coral
		cosmic cozy crimson crisp crystal curly dapper daring deep distant dotted dusty
		eager early earnest eastern ebony elegant fabled fancy festive final fleet fluent
		foggy frosty gentle giant ginger glad glossy golden graceful grand grassy happy
		hardy hazel hidden honest humble indigo inland ivory jade jolly jovial keen
		kindly lemon leafy level lilac lively loyal lucid lucky lunar magenta maple
		marble mellow merry mighty misty modest mossy narrow neat nimble noble northern
		olive opal orange patient pearl placid plucky polite proud purple quick quiet
		radiant rapid robust rosy rustic saffron scarlet serene silent silver snowy solar
		sturdy sunny tidy topaz velvet violet warm winter`
	beings = `
		acacia alder alpaca anchovy antelope aspen badger bamboo barley beaver beetle begonia
		bison bittern bluebell bobcat bramble buffalo bumblebee buttercup cactus camel camellia canary
		caribou catfish chamois cheetah chestnut chicory cicada clover condor cormorant cougar coyote
		cricket crocus cuckoo curlew cypress daffodil dahlia dingo dolphin donkey dormouse dragonfly
		eagle elephant elm falcon fennel ferret finch firefly flamingo foxglove gazelle gecko
		gibbon giraffe goldfish gorilla grouse gull hamster hawthorn heather hedgehog heron hibiscus
		hornbeam hyacinth ibex iguana iris jackdaw jaguar jasmine juniper kestrel kingfisher koala
		lapwing larch lavender lemur leopard linnet lizard llama lobster lotus lupin lynx
		magnolia magpie mallard marigold marmot meerkat mongoose nettle newt ocelot octopus orchid
		osprey otter panda panther parrot pelican penguin petunia pigeon poplar puffin python
		rabbit raccoon raven robin salmon sparrow squirrel tulip`
)
