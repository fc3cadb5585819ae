package lightning

import (
	"encoding/json"
	"fmt"
)

// What a user does in the page besides clicking, as JavaScript to be evaluated in it; each is a promise that ends when it is seen.

// Open goes to a record in a tab of the console.
func Open(object, id string) string {
	return fmt.Sprintf("salesforce.open(%s, %s)", quoted(object), quoted(id))
}

// Home goes to the console's home page, which is no record.
const Home = "salesforce.home()"

// View is what getAppViewInfo tells of the tab in front.
const View = "salesforce.view()"

// Number is the CSS selector of a number that can be clicked, which it can while the softphone has click-to-dial on.
func Number(number string) string { return "a[data-number=" + quoted(number) + "]" }

// AnyNumber is the CSS selector of all of those.
const AnyNumber = "a[data-number]"

func quoted(s string) string {
	text, _ := json.Marshal(s) // a string always has a JSON form
	return string(text)
}
