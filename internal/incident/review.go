package incident

// reviewAfterCalm flags a first report that came only after the matter may have calmed: people look at
// it, the bot does not judge. What counts is when it was published, or else when it happened.
func (i *Incident) reviewAfterCalm(r Rules) {
	since := i.PublishedAt
	if since.IsZero() {
		since = i.OccurredAt
	}
	calm := r.Policy.Levels[i.Level.Current].Calm
	if i.Review != "" || since.IsZero() || calm <= 0 || i.ReportedAt.Sub(since) < calm {
		return
	}
	i.Review = "首报时距首发已满" + spanWords(calm) + "，请复核是否平息后才报"
}
