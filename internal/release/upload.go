package release

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"

	serverless "github.com/twilio/twilio-go/rest/serverless/v1"
)

// upload makes a version of an asset, with its bytes. The SDK has no method for
// it, so the request is made here and goes the way of the SDK's.
// See https://www.twilio.com/docs/serverless/api/resource/asset-version
func (s *session) upload(serviceSID, assetSID, path, visibility string, f File) (serverless.ServerlessV1AssetVersion, error) {
	var made serverless.ServerlessV1AssetVersion
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, field := range [][2]string{{"Path", path}, {"Visibility", visibility}} {
		if err := form.WriteField(field[0], field[1]); err != nil {
			return made, fmt.Errorf("release: %w", err)
		}
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="Content"; filename=%q`, f.Name)},
		"Content-Type":        {f.Type},
	})
	if err == nil {
		_, err = part.Write(f.Content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return made, fmt.Errorf("release: %w", err)
	}
	url, err := s.requests.BuildUrl(fmt.Sprintf("https://%s.twilio.com/v1/Services/%s/Assets/%s/Versions", uploadHost, serviceSID, assetSID))
	if err != nil {
		return made, fmt.Errorf("release: %w", err)
	}
	r, err := http.NewRequestWithContext(s.ctx, http.MethodPost, url, &body)
	if err != nil {
		return made, fmt.Errorf("release: %w", err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.SetBasicAuth(s.credentials.user, s.credentials.password.Reveal())
	answer, err := s.http.Do(r)
	if err != nil {
		return made, err
	}
	defer func() { _ = answer.Body.Close() }()
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil {
		return made, fmt.Errorf("release: upload of %s: %w", f.Name, err)
	}
	return made, nil
}
