package state

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"muster/runbooks"
)

// Names that look alike. A name is no proof, but two persons are two only where a reader can
// tell their names apart, or somebody has said that they are two.

// lookalikes are letters, each before the one that it is taken for, in lower case: of Cyrillic,
// Greek and Latin those that are drawn alike as small letters or as capitals.
const lookalikes = "аaвbеeкkмmнhоoрpсcтtуyхxѕsіiјjһhԁdԛqԝwѵvҽeӏiɡgзэ" +
	"αaβbεeζzηhιiκkμmνvοoρpτtυyχxγyωwϲcϳj" +
	"ıiłiøoðdđdħhɑaɩi0oƒf"

var likeLetters = strings.NewReplacer(strings.Split(lookalikes, "")...)

// skeleton is what two names that look alike have in common: their letters and digits, without
// case, width, marks, and the blanks and signs between them.
func skeleton(name string) string {
	plain := strings.Map(func(r rune) rune {
		r = plainFace(r)
		switch {
		case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point): // letters that cannot be seen
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return plainLetter(r)
		}
		return -1
	}, name)
	return likeLetters.Replace(plain)
}

// plainFace is a letter or digit of Latin in its common width and face.
func plainFace(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // as wide as an ideograph
		return r - 0xFEE0
	case r >= 0x24B6 && r <= 0x24E9: // in a circle
		return 'a' + (r-0x24B6)%26
	case r >= 0x1D400 && r <= 0x1D6A3: // 13 faces of mathematics, each A to Z and a to z
		return 'a' + (r-0x1D400)%26
	case r >= 0x1D7CE && r <= 0x1D7FF:
		return '0' + (r-0x1D7CE)%10
	}
	return r
}

// plainLetter is a letter or digit without case, mark, width and face.
func plainLetter(r rune) rune {
	small := unicode.ToLower(unicode.ToUpper(plainFace(r)))
	if plain, marked := withoutMark()[small]; marked {
		return plain
	}
	return small
}

// withoutMark is the letter that each of markedLetters is without its mark.
var withoutMark = sync.OnceValue(func() map[rune]rune {
	plain := map[rune]rune{}
	for line := range strings.Lines(markedLetters) {
		var first rune
		for _, r := range strings.TrimSpace(line) {
			if first == 0 {
				first = r
			}
			plain[r] = first
		}
	}
	return plain
})

// alike reports whether two names that are not one look like one.
func alike(a, b string) bool {
	if a == "" || b == "" || a == WithheldText || b == WithheldText || runbooks.SameName(a, b) {
		return false
	}
	one, strokes := skeleton(a), skeleton(stroke.Replace(a))
	return one != "" && one == skeleton(b) || strokes != "" && strokes == skeleton(stroke.Replace(b))
}

// stroke takes what is drawn as one stroke for a capital I; a capital L is not.
var stroke = strings.NewReplacer("l", "I", "1", "I", "|", "I")

// toldApart reports whether somebody has said of one of two names that look alike that it is
// another person's.
func toldApart(inc *Incident, a, b string) bool {
	return slices.ContainsFunc(inc.Log, func(e Entry) bool {
		return e.Override != nil && slices.Contains(e.Override.Of, LooksAlike) && inc.retracted[e.Seq] == 0 &&
			(runbooks.SameName(e.By.Name, a) || runbooks.SameName(e.By.Name, b) || runbooks.SameName(givenName(e.Data), a) || runbooks.SameName(givenName(e.Data), b))
	})
}

// givenName is whom an entry names for a role; "" if it names nobody.
func givenName(data Data) string {
	if data, ok := data.(interface{ names() string }); ok {
		return data.names()
	}
	return ""
}

// onePerson reports whether two names are one person's, as far as anybody has said: they are the
// same, or look alike and nobody has told them apart. Of a name that is withheld it is not known
// whose it is: see [untoldPerson].
func onePerson(inc *Incident, a, b string) bool {
	if untoldPerson(a, b) {
		return false
	}
	return runbooks.SameName(a, b) || alike(a, b) && !toldApart(inc, a, b)
}

// untoldPerson reports whether one of some names is withheld: whether they are one person's is
// not known then, and nothing is said either way.
func untoldPerson(names ...string) bool { return slices.Contains(names, WithheldText) }

// Spelled is a name in quotation marks, with the signs that look like others: “Аnn” (with U+0410).
func Spelled(name string) string {
	var odd []string
	for _, r := range name {
		if small := string(unicode.ToLower(r)); r > unicode.MaxASCII && (likeLetters.Replace(small) != small || plainFace(r) != r) {
			odd = append(odd, fmt.Sprintf("U+%04X", r))
		}
	}
	if odd == nil {
		return "“" + name + "”"
	}
	return fmt.Sprintf("“%s” (with %s)", name, strings.Join(odd, ", "))
}

// Alike lists the names in an incident that look like another's, in pairs; told says of which
// somebody has said that they are two persons.
func Alike(inc *Incident) (pairs [][2]string, told []bool) {
	names := PeopleOf(inc)
	for i, a := range names {
		for _, b := range names[i+1:] {
			if alike(a, b) {
				pairs, told = append(pairs, [2]string{b, a}), append(told, toldApart(inc, a, b))
			}
		}
	}
	return pairs, told
}
