package store

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
)

// Post is a message to be sent.
type Post struct {
	Key      string      // why it exists; there is one message per key, ever
	Place    bot.Place   `gorm:"serializer:json"`
	Message  bot.Message `gorm:"serializer:json"`
	Incident string      // the incident it is about
	Reason   string      // why it is said, in words
	To       string      `gorm:"column:recipient"` // person id of a private message
	Starts   string      // what its delivery starts: call/0
	// Fallback are the places to say it next if delivery is not confirmed within ConfirmBy: of each person
	// it is for, in order.
	Fallback  []bot.Place   `gorm:"serializer:json"`
	ConfirmBy time.Duration // zero is 45 seconds when Starts is set
	After     time.Time     `gorm:"column:after_at;serializer:utc"` // not before; zero: at once
}

// PostStatus is what has become of a message.
type PostStatus string

// Statuses of a message.
const (
	Queued      PostStatus = "queued"
	Sent        PostStatus = "sent"
	Unconfirmed PostStatus = "unconfirmed" // taken by the platform, which may have dropped it
	Failed      PostStatus = "failed"      // for good
	Dropped     PostStatus = "dropped"     // not needed any more before it was sent
	Withdrawn   PostStatus = "withdrawn"   // taken back after it was said
	Rerouted    PostStatus = "rerouted"    // said elsewhere instead; its delivery starts nothing
)

// PostRow is a message with what has become of it.
type PostRow struct {
	ID int64
	Post
	Platform     string
	PlaceKey     string
	Status       PostStatus
	Attempts     int       // begun
	CreatedAt    time.Time `gorm:"serializer:utc;autoCreateTime:false"`
	NextAt       time.Time `gorm:"serializer:utc"` // next attempt, or when an unfinished one counts as lost
	ClaimedUntil time.Time `gorm:"serializer:utc"` // an attempt is being made
	ConfirmAt    time.Time `gorm:"serializer:utc"` // when the next channel is due; zero: not at all
	SentAt       time.Time `gorm:"serializer:utc"`
	Confirmed    bool
	MessageID    string // the platform's
	Thread       string
	Note         string
	Error        string // of the last attempt
}

// TableName is the table of posts.
func (PostRow) TableName() string { return "posts" }

// confirmBy leaves time to take the next channel within a minute.
const confirmBy = 45 * time.Second

// drillMark stands before all that is said of a rehearsal's incidents.
const drillMark = "【演练】"

// Post queues a message. False: there is one with this key already, and nothing is queued.
func (tx *Tx) Post(p Post) (queued bool, err error) {
	row, err := tx.postRow(p)
	if err != nil {
		return false, err
	}
	res := tx.unlessKnown().Create(&row)
	if res.Error != nil {
		return false, fmt.Errorf("queue message %s: %w", p.Key, res.Error)
	}
	return res.RowsAffected == 1, nil
}

func (tx *Tx) postRow(p Post) (PostRow, error) {
	if p.Key == "" || p.Place.Platform == "" || (p.Place.Chat == "" && p.Place.Person == "") {
		return PostRow{}, fmt.Errorf("message %q to %q has no key or no place", p.Key, p.Place.Key())
	}
	if strings.HasPrefix(p.Incident, drillPrefix+"-") {
		p.Message = p.Message.Marked(drillMark)
	}
	if p.Starts != "" && p.ConfirmBy == 0 {
		p.ConfirmBy = confirmBy
	}
	if p.After = trim(p.After); p.After.Before(tx.Now) {
		p.After = tx.Now
	}
	row := PostRow{Post: p, Platform: p.Place.Platform, PlaceKey: p.Place.Key(), Status: Queued, CreatedAt: tx.Now, NextAt: p.After}
	if p.Starts != "" && len(p.Fallback) > 0 {
		row.ConfirmAt = p.After.Add(p.ConfirmBy)
	}
	return row, nil
}

// Drop takes back a message nobody has begun to send. False: it is too late, or there is none.
func (tx *Tx) Drop(key, note string) (bool, error) {
	res := tx.db.Exec("update posts set status = 'dropped', note = ?, confirm_at = null where key = ? and status = 'queued' and attempts = 0", note, key)
	return res.RowsAffected == 1, res.Error
}

// Withdrawn notes that a message that was said has been taken back.
func (tx *Tx) Withdrawn(key string) error {
	if err := tx.db.Exec("update posts set status = 'withdrawn', confirm_at = null where key = ? and status in ('sent', 'unconfirmed')", key).Error; err != nil {
		return fmt.Errorf("withdraw message %s: %w", key, err)
	}
	return nil
}

// MovePosts takes an incident's waiting messages from one conversation to another: into the thread that
// has opened. Those being sent stay.
func (tx *Tx) MovePosts(incident string, from, to bot.Place) error {
	var rows []PostRow
	err := tx.locked().Where("incident = ? and place_key = ? and status = 'queued' and (claimed_until is null or claimed_until <= ?)",
		incident, from.Key(), utc(tx.Now)).Order("id").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("move messages of %s: %w", incident, err)
	}
	for _, row := range rows {
		row.Place, row.Platform, row.PlaceKey = to, to.Platform, to.Key()
		if err := tx.db.Select("place", "platform", "place_key").Updates(&row).Error; err != nil {
			return fmt.Errorf("move message %s: %w", row.Key, err)
		}
	}
	return nil
}

// PostByKey is the message with that key.
func (tx *Tx) PostByKey(key string) (PostRow, error) {
	var row PostRow
	return row, take(tx.db.Where("key = ?", key), &row, "message %s", key)
}

// PostByMessage is the message the platform knows by this id.
func (tx *Tx) PostByMessage(platform, messageID string) (PostRow, error) {
	var row PostRow
	if messageID == "" {
		return row, fmt.Errorf("message without id: %w", ErrNotFound)
	}
	return row, take(tx.db.Where("message_id = ? and platform = ?", messageID, platform).Order("id"), &row, "message %s", messageID)
}

// PostsOf lists all messages about an incident in the order they were queued.
func (tx *Tx) PostsOf(incident string) ([]PostRow, error) {
	return tx.Posts(PostFilter{Incident: incident})
}

// PostFilter chooses messages; zero fields do not matter.
type PostFilter struct {
	Incident string
	PlaceKey string
	Status   PostStatus
	Since    time.Time // queued then or later
	AfterID  int64     // to go on where a page ended
	Limit    int
}

// Posts lists messages in the order they were queued.
func (tx *Tx) Posts(f PostFilter) ([]PostRow, error) {
	q := tx.db.Where("id > ?", f.AfterID).Order("id")
	if f.Incident != "" {
		q = q.Where("incident = ?", f.Incident)
	}
	if f.PlaceKey != "" {
		q = q.Where("place_key = ?", f.PlaceKey)
	}
	if f.Status != "" {
		q = q.Where("status = ?", f.Status)
	}
	if !f.Since.IsZero() {
		q = q.Where("created_at >= ?", utc(f.Since))
	}
	if f.Limit > 0 {
		q = q.Limit(f.Limit)
	}
	var rows []PostRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	return rows, nil
}
