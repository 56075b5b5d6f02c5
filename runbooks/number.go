package runbooks

import (
	"strconv"
	"strings"
)

// IsNumber reports whether text is what an [AskNumber] asks for: a decimal number
// such as -12, 0.5 or 2e3, and neither NaN, Inf nor hexadecimal.
func IsNumber(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return err == nil && strings.Trim(text, "0123456789.eE+-") == ""
}
