//! Files and news of the cabinet, as a browser with a session meets them.
#![allow(clippy::unwrap_used)]
#[path = "../common/mod.rs"]
mod common;
mod exports;
mod news;

use axum::body::Body;
use common::{Answer, TestApp};
use http::{Request, header::COOKIE};
use sapar_domain::{
    accounts::{self, NewAccount},
    testing::Tour,
};
use sapar_shared::{contact::Email, roles::Role};

/// The cookie of somebody who has just signed in.
pub(crate) async fn session(app: &TestApp, tour: &Tour, role: Role) -> String {
    let mut conn = app.services.conn().await.unwrap();
    let ctx = &app.services.ctx;
    let email = Email::parse(&format!("{}-{}@example.kz", role.as_str(), tour.organisation)).unwrap();
    let new =
        NewAccount {
            email: &email, name: "Айгерім", password: "a long password", membership: Some((tour.organisation, role))
        };
    accounts::create_account(&mut conn, ctx, &new).await.unwrap();
    let opened = accounts::sign_in(
        &mut conn,
        ctx,
        email.as_str(),
        "a long password",
        &accounts::Device { address: "127.0.0.1", agent: "" },
    )
    .await
    .unwrap();
    format!("sapar_session={}", opened.cookie)
}

pub(crate) async fn visit(app: &TestApp, uri: &str, cookie: Option<&str>) -> Answer {
    let request = cookie.into_iter().fold(Request::get(uri), |request, cookie| request.header(COOKIE, cookie));
    app.send(request.body(Body::empty()).unwrap()).await
}
