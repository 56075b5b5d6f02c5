package widget

import "fmt"

// scrollMargin is how many rows stay visible beyond the cursor, so that one sees
// what comes next.
const scrollMargin = 2

// Window returns the first row to draw of a list of total rows in height, given
// the cursor's row and the top that was drawn last. The list moves only as far as
// keeps the cursor, and where there is room two rows around it, in view. Any
// values are taken: they are brought into range.
func Window(total, height, cursor, top int) int {
	if total <= height || height <= 0 {
		return 0
	}
	cursor = min(max(cursor, 0), total-1)
	margin := min(scrollMargin, (height-1)/2)
	top = min(top, cursor-margin)
	top = max(top, cursor+margin-height+1)
	return min(max(top, 0), total-height)
}

// Position says which rows are in view, as "12-40/5000"; "" if all are.
func Position(total, height, top int) string {
	if total <= height || height <= 0 {
		return ""
	}
	top = min(max(top, 0), total-height)
	return fmt.Sprintf("%d-%d/%d", top+1, top+height, total)
}
