// Package bot is the chat side in one vocabulary: what people do (Event), what the bot says (Message,
// Card), and where (Place). Platforms translate; nothing here knows incidents, clocks or a database.
package bot
