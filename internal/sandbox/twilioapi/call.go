package twilioapi

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// call is a request that has been found right: it goes to an endpoint and has the
// parameters that this may have.
type call struct {
	ids    map[string]string
	values url.Values
	body   []byte // of a JSON request
	file   []byte // of an upload
	kind   string // its content type
	url    *url.URL
}

func (c *call) get(name string) string { return c.values.Get(name) }

// flag reads a parameter that is true or false.
func (c *call) flag(name string, otherwise bool) (bool, *failure) {
	v := c.get(name)
	if v == "" {
		return otherwise, nil
	}
	b, err := strconv.ParseBool(v)
	if err != nil || v != "true" && v != "false" {
		return false, invalid("Parameter %s must be true or false", name)
	}
	return b, nil
}

// limit refuses a parameter that is longer than Twilio's documents say.
func (c *call) limit(name string, n int) *failure {
	if len([]rune(c.get(name))) > n {
		return invalid("Parameter %s is longer than %d characters", name, n)
	}
	return nil
}

// read takes the parameters of a request as its endpoint has them.
func (e *endpoint) read(r *http.Request, ids map[string]string) (*call, *failure) {
	c := &call{ids: ids, url: r.URL}
	params := strings.Fields(e.params)
	kind := ""
	if len(params) > 0 && (params[0] == "json" || params[0] == "multipart") {
		kind, params = params[0], params[1:]
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, invalid("the body ended early")
	}
	media, attributes, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Method == http.MethodGet {
		if len(body) > 0 {
			return nil, invalid("a GET has no body")
		}
		c.values = r.URL.Query()
		return c, e.check(c, params)
	}
	if r.URL.RawQuery != "" {
		return nil, invalid("a POST has its parameters in its body, not in the URL")
	}
	switch kind {
	case "json":
		if media != "application/json" {
			return nil, fail(http.StatusUnsupportedMediaType, 20415, "%s is not application/json", media)
		}
		c.body = body
		return c, nil
	case "multipart":
		if media != "multipart/form-data" {
			return nil, fail(http.StatusUnsupportedMediaType, 20415, "%s is not multipart/form-data", media)
		}
		if wrong := c.readForm(body, attributes["boundary"]); wrong != nil {
			return nil, wrong
		}
	default:
		if media != "application/x-www-form-urlencoded" {
			return nil, fail(http.StatusUnsupportedMediaType, 20415, "%s is not application/x-www-form-urlencoded", media)
		}
		if c.values, err = url.ParseQuery(string(body)); err != nil {
			return nil, invalid("the form cannot be read")
		}
	}
	return c, e.check(c, params)
}

func (c *call) readForm(body []byte, boundary string) *failure {
	c.values = url.Values{}
	form := multipart.NewReader(strings.NewReader(string(body)), boundary)
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return invalid("the form ended early")
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return invalid("the form ended early")
		}
		if part.FormName() == "Content" {
			if part.FileName() == "" {
				return invalid("Content is no file")
			}
			c.file, c.kind = content, part.Header.Get("Content-Type")
			content = []byte(part.FileName())
		}
		c.values.Add(part.FormName(), string(content))
	}
}

// check refuses parameters that the endpoint has not, has once only, or must have.
func (e *endpoint) check(c *call, params []string) *failure {
	known := map[string]string{}
	for _, p := range params {
		name := strings.TrimRight(p, "!*")
		known[name] = p[len(name):]
	}
	for name, values := range c.values {
		mark, ok := known[name]
		if !ok {
			return invalid("%s %s has no parameter %s", e.method, e.path, name)
		}
		if len(values) > 1 && mark != "*" {
			return invalid("parameter %s is given %d times", name, len(values))
		}
	}
	for name, mark := range known {
		if mark == "!" && c.get(name) == "" {
			return invalid("Missing required parameter %s in the post body", name)
		}
	}
	return nil
}

// page answers with a part of a list, as every list of Twilio's is.
func page[T any](a *API, c *call, key string, all []T) (int, any, *failure) {
	size, start := 50, 0
	if v := c.get("PageSize"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 1000 {
			return 0, nil, invalid("PageSize must be from 1 to 1000")
		}
		size = n
	}
	if a.options.MaxPage > 0 {
		size = min(size, a.options.MaxPage)
	}
	if v := c.get("PageToken"); v != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(v, "PT"))
		if err != nil || n < 0 || n > len(all) {
			return 0, nil, invalid("PageToken is not one that was given")
		}
		start = n
	}
	end := min(start+size, len(all))
	here := fmt.Sprintf("https://%s%s", c.url.Host, c.url.Path)
	var next any
	if end < len(all) {
		next = fmt.Sprintf("%s?PageSize=%d&Page=1&PageToken=PT%d", here, size, end)
	}
	items := make([]any, 0, end-start)
	for _, item := range all[start:end] {
		items = append(items, item)
	}
	return http.StatusOK, map[string]any{key: items, "meta": map[string]any{
		"key": key, "page": 0, "page_size": size, "url": here, "first_page_url": here + "?Page=0",
		"previous_page_url": nil, "next_page_url": next,
	}}, nil
}

// newest returns a list the other way round: the Plugins API's begin with what
// was made last.
func newest[T any](all []T) []T {
	turned := slices.Clone(all)
	slices.Reverse(turned)
	return turned
}
