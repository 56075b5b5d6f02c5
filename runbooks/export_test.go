package runbooks

import "strings"

// Render fills in one template, with an allowance of its own, and says why it cannot be
// read.
func Render(text string, v Values) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	t, err := compile(text)
	if err != nil {
		return "", err
	}
	return t.execute(v, &work{left: maxWork})
}
