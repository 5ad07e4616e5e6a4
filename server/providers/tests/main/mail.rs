//! The mailer against the mail server's sandbox, and the outbox that shows what it took.
use crate::world::{MERCHANT, SECRET, World, bind, serve};
use sapar_domain::tickets::senders::{Attachment, Mail, MailSender as _};
use sapar_providers::{Mailer, MailerConfig, Sandbox, SandboxConfig};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

struct Post {
    world: World,
    mailer: Arc<Mailer>,
    address: String,
    outbox: String,
}

async fn post() -> Post {
    let world = World::new().await;
    let (listener, base) = bind().await;
    let address = base.trim_start_matches("http://").to_owned();
    let sandbox = world.sandbox.clone();
    tokio::spawn(async move { sandbox.serve_smtp(listener).await });
    let config = MailerConfig {
        url: format!("smtp://{address}"),
        from: "Сапар <tickets@sapar.example>".to_owned(),
        timeout: Duration::from_secs(5),
        pool: 4,
    };
    let (listener, outbox) = bind().await;
    serve(listener, world.sandbox.outbox_router());
    Post { world, mailer: Arc::new(Mailer::new(&config).unwrap()), address, outbox }
}

fn mail(id: &str) -> Mail {
    Mail {
        message_id: format!("{id}@sapar.example"),
        to: "aigul@example.kz".to_owned(),
        to_name: "Айгүл Сәтбаева".to_owned(),
        subject: "Билеттер: Көлсай көлдері, 5 желтоқсан — қалдырмаңыз, орын саны шектеулі болғандықтан".to_owned(),
        html: "<p style=\"color:red\">Сәлем, <b>Айгүл</b>!</p>".to_owned(),
        text: "Сәлем!\n.\n..екі нүкте\n.соңы".to_owned(),
        attachments: vec![
            Attachment {
                name: "билеты S-1.pdf".to_owned(),
                content_type: "application/pdf",
                bytes: (0..=255).cycle().take(200_000).collect(),
            },
            Attachment { name: "trip.ics".to_owned(), content_type: "text/calendar", bytes: b"BEGIN:VCALENDAR".to_vec() },
        ],
    }
}

async fn get(post: &Post, path: &str) -> reqwest::Response {
    post.world.http.get(format!("{}{path}", post.outbox)).send().await.unwrap()
}

#[tokio::test]
async fn a_mail_arrives_whole() {
    let post = post().await;
    let sent = mail("1");
    post.mailer.send(&sent).await.unwrap();
    let got = post.world.sandbox.mails().remove(0);
    assert_eq!((&got.subject, &got.to, got.html.trim_end()), (&sent.subject, &sent.to, sent.html.as_str()));
    assert_eq!(got.text.replace("\r\n", "\n").trim_end(), sent.text);
    let names: Vec<_> = got.attachments.iter().map(|a| (a.name.as_str(), a.content_type.as_str(), a.size)).collect();
    assert_eq!(names, [("билеты S-1.pdf", "application/pdf", 200_000), ("trip.ics", "text/calendar", 15)]);
    let (_, bytes) = post.world.sandbox.attachment(got.id, 0).unwrap();
    assert!(bytes == sent.attachments[0].bytes);
    let raw = std::fs::read_to_string(post.world.dir.path().join(format!("mails/{}.eml", got.id))).unwrap();
    assert!(raw.contains("Message-ID: <1@sapar.example>"), "{}", &raw[..500]);
    assert!(post.world.sandbox.attachment(got.id, 2).is_none());
}

#[tokio::test]
async fn a_repeat_is_kept_once_and_a_restart_keeps_all() {
    let post = post().await;
    for id in ["1", "2", "1"] {
        post.mailer.send(&mail(id)).await.unwrap();
    }
    let mails = post.world.sandbox.mails();
    assert_eq!(mails.len(), 2);
    let again = Sandbox::open(post.world.dir.path(), SandboxConfig::new("http://x", MERCHANT, SECRET)).unwrap();
    assert_eq!(again.mails(), mails);
}

#[tokio::test]
async fn the_outbox_shows_them() {
    let post = post().await;
    post.mailer.send(&mail("1")).await.unwrap();
    let json: Value = serde_json::from_slice(&get(&post, "/dev/outbox.json").await.bytes().await.unwrap()).unwrap();
    let one = &json[0];
    assert_eq!((&one["to"], &one["subject"]), (&json!("aigul@example.kz"), &json!(mail("1").subject)));
    assert_eq!(one["attachments"][0]["size"], json!(200_000));
    let pdf = get(&post, one["attachments"][0]["url"].as_str().unwrap()).await;
    assert_eq!(pdf.headers()["content-type"], "application/pdf");
    assert_eq!(pdf.bytes().await.unwrap().len(), 200_000);
    let filtered = get(&post, "/dev/outbox.json?to=nobody@example.kz").await.text().await.unwrap();
    assert_eq!(filtered, "[]");
    let list = get(&post, "/dev/outbox").await.text().await.unwrap();
    assert!(list.contains(&format!("/dev/outbox/{}", one["id"])) && list.contains("Көлсай"));
    let page = get(&post, &format!("/dev/outbox/{}", one["id"])).await.text().await.unwrap();
    assert!(page.contains("<iframe") && !page.contains("<b>Айгүл"), "the mail's HTML stays in the frame's attribute");
    assert_eq!(get(&post, "/dev/outbox/1").await.status(), 404);
}

#[tokio::test]
async fn outages_are_errors_and_pass() {
    let post = post().await;
    post.mailer.send(&mail("1")).await.unwrap();
    post.world.post_json("/control/outage", &json!({ "smtp": true })).await;
    let error = post.mailer.send(&mail("2")).await.unwrap_err().to_string();
    assert!(!error.contains("aigul"), "{error}");
    post.world.post_json("/control/outage", &json!({ "smtp": false })).await;
    post.mailer.send(&mail("2")).await.unwrap();
    assert_eq!(post.world.sandbox.mails().len(), 2);
    let mut bad = mail("3");
    bad.to = "a@b.kz\r\nBcc: c@d.kz".to_owned();
    assert!(post.mailer.send(&bad).await.is_err());
}

#[tokio::test]
async fn many_at_once_share_the_pool() {
    let post = post().await;
    let sends = (0..40).map(|n| {
        let mailer = Arc::clone(&post.mailer);
        tokio::spawn(async move { mailer.send(&mail(&n.to_string())).await })
    });
    for send in sends.collect::<Vec<_>>() {
        send.await.unwrap().unwrap();
    }
    assert_eq!(post.world.sandbox.mails().len(), 40);
}

/// Speaks the protocol by hand and gives back what the server said.
async fn talk(address: &str, lines: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(lines.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn the_protocol_is_kept_by_hand_too() {
    let post = post().await;
    let answer = talk(
        &post.address,
        "HELO me\r\nDATA\r\nRCPT TO:<a@b.kz>\r\nMAIL FROM:<x@y.kz> SIZE=99999999\r\nMAIL FROM:<x@y.kz>\r\nMAIL FROM:<x@y.kz>\r\n\
         rcpt to:<a@b.kz>\r\nRCPT TO:a@b.kz\r\nRSET\r\nDATA\r\nNOOP\r\nFROB\r\nMAIL FROM:<x@y.kz>\r\nRCPT TO:<a@b.kz>\r\nDATA\r\n\
         Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n",
    )
    .await;
    let codes: Vec<_> = answer.lines().map(|line| &line[..3]).collect();
    let expected = "220 250 503 503 552 250 503 250 501 250 503 250 502 250 250 354 250 221";
    assert_eq!(codes.join(" "), expected);
    assert_eq!(post.world.sandbox.mails()[0].text.trim_end(), ".dot");
}
