package wecomtest

import (
	"encoding/json"
	"regexp"
	"slices"
)

// card is a template_card (D/90236, D/101032), with the fields of both kinds.
type card struct {
	Type        string       `json:"card_type"`
	Source      *cardSource  `json:"source"`
	Menu        *cardMenu    `json:"action_menu"`
	Main        cardTitle    `json:"main_title"`
	Quote       *cardQuote   `json:"quote_area"`
	Emphasis    *cardTitle   `json:"emphasis_content"`
	Sub         string       `json:"sub_title_text"`
	Rows        []cardRow    `json:"horizontal_content_list"`
	Columns     []cardTitle  `json:"vertical_content_list"`
	Jumps       []cardJump   `json:"jump_list"`
	Image       *cardImage   `json:"card_image"`
	ImageText   *cardQuote   `json:"image_text_area"`
	Action      *cardJump    `json:"card_action"`
	TaskID      string       `json:"task_id"`
	Selection   *cardSelect  `json:"button_selection"`
	Buttons     []cardKey    `json:"button_list"`
	Checkbox    *cardSelect  `json:"checkbox"`
	Selects     []cardSelect `json:"select_list"`
	Submit      *cardKey     `json:"submit_button"`
	ReplaceText string       `json:"replace_text"`
	Feedback    *struct {
		ID string `json:"id"`
	} `json:"feedback"`
}

type cardSource struct {
	Icon  string `json:"icon_url"`
	Desc  string `json:"desc"`
	Color int    `json:"desc_color"`
}

type cardMenu struct {
	Desc string    `json:"desc"`
	List []cardKey `json:"action_list"`
}

type cardTitle struct {
	Title string `json:"title"`
	Desc  string `json:"desc"`
}

type cardQuote struct {
	Type     int    `json:"type"`
	URL      string `json:"url"`
	AppID    string `json:"appid"`
	PagePath string `json:"pagepath"`
	Title    string `json:"title"`
	Text     string `json:"quote_text"`
	Desc     string `json:"desc"`
	Image    string `json:"image_url"`
}

type cardRow struct {
	Type   int    `json:"type"`
	Key    string `json:"keyname"`
	Value  string `json:"value"`
	URL    string `json:"url"`
	Media  string `json:"media_id"`
	UserID string `json:"userid"`
}

type cardJump struct {
	Type     int    `json:"type"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	AppID    string `json:"appid"`
	PagePath string `json:"pagepath"`
	Question string `json:"question"`
}

type cardImage struct {
	URL   string  `json:"url"`
	Ratio float64 `json:"aspect_ratio"`
}

type cardKey struct {
	Type  int    `json:"type"`
	Text  string `json:"text"`
	Style int    `json:"style"`
	Key   string `json:"key"`
	URL   string `json:"url"`
}

type cardSelect struct {
	Key      string       `json:"question_key"`
	Title    string       `json:"title"`
	Disable  bool         `json:"disable"`
	Selected string       `json:"selected_id"`
	Mode     int          `json:"mode"`
	Options  []cardOption `json:"option_list"`
}

type cardOption struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Checked bool   `json:"is_checked"`
}

// cardLimits are what differs between the app's cards and the AI bot's (D/101032).
type cardLimits struct {
	source, title, desc, sub, colTitle, colDesc, option int
	files                                               bool // rows of type 2
	questions                                           bool // jumps of type 3
}

var (
	appCard = cardLimits{source: 20, title: 36, desc: 44, sub: 160, colTitle: 38, colDesc: 160, option: 17, files: true}
	botCard = cardLimits{source: 13, title: 26, desc: 30, sub: 112, colTitle: 26, colDesc: 112, option: 11, questions: true}

	taskID = regexp.MustCompile(`^[0-9A-Za-z_\-@]{1,128}$`)
)

const (
	textNotice = "text_notice"
	newsNotice = "news_notice"
	buttonCard = "button_interaction"
	voteCard   = "vote_interaction"
	multiCard  = "multiple_interaction"
)

// interactive reports whether a press on it is told to the bot.
func (k *card) interactive() bool {
	return k.Menu != nil || k.Type == buttonCard || k.Type == voteCard || k.Type == multiCard
}

func parseCard(raw []byte) *card {
	k := &card{}
	_ = json.Unmarshal(raw, k) // what was taken once is a card
	return k
}

// choices are the questions a card asks.
func (k *card) choices() []cardSelect {
	out := slices.Clone(k.Selects)
	for _, one := range []*cardSelect{k.Selection, k.Checkbox} {
		if one != nil {
			out = append(out, *one)
		}
	}
	return out
}
