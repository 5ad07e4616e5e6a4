//! Two organisations with a tour each, and people of every kind.
use crate::common::{Answer, NOW, TestApp, body, line};
use axum::body::Body;
use http::{Method, Request, header};
use jiff::{SignedDuration, Timestamp};
use object_store::ObjectStoreExt as _;
use sapar_app::error::AppError;
use sapar_domain::{
    accounts::{self, Actor, NewAccount},
    catalog::importing,
    kernel::keys::digest,
    orders,
    payments::{self, provider::Outcome},
    testing::{Tour, TourBuilder},
    tickets,
};
use sapar_shared::{
    Lang,
    contact::Email,
    dto::desk::CashSale,
    forms::{cash::CashForm, checkout::CartLine},
    ids::{AccountId, DepartureId, ImportId, OrderId, OrganisationId, SavedViewId, UploadId},
    roles::Role,
    sheets::{Column, Heading, Raw, Row, Sheet, Table, Value},
};
use serde::Serialize;
use serde_json::json;
use sqlx::{PgPool, Row as _};
use std::collections::HashMap;
use uuid::Uuid;

/// What the first organisation's things carry and nobody else's do.
const SECRETS: [&str; 4] = ["Құпия", "+77051234567", "7051234567", "secret-passenger@example.kz"];
/// The secret in the letter to whoever was invited.
pub const INVITED: &str = "invited";
const EVERYONE: [Role; 5] = Role::ALL;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    Nobody,
    WithoutOrganisation,
    /// A member of the organisation that it is about.
    Member(Role),
    OtherOwner,
}

/// What is asked.
pub struct Ask {
    method: Method,
    uri: String,
    content_type: &'static str,
    body: Vec<u8>,
    /// Its answer never ends: only how it begins is looked at.
    endless: bool,
}

impl Ask {
    /// As a link.
    pub fn get(uri: impl Into<String>) -> Self {
        Self { method: Method::GET, uri: uri.into(), content_type: "", body: Vec::new(), endless: false }
    }

    pub fn stream(uri: impl Into<String>) -> Self {
        Self { endless: true, ..Self::get(uri) }
    }

    /// As a plain form's fields, already encoded; so most server functions are asked.
    pub fn form(uri: impl Into<String>, fields: impl Into<String>) -> Self {
        Self::post(uri, "application/x-www-form-urlencoded", fields.into().into_bytes())
    }

    /// As a server function with `input = Wire`: a tuple of its arguments, for postcard knows no names.
    pub fn packed(uri: impl Into<String>, arguments: &impl Serialize) -> Self {
        Self::post(uri, "application/postcard", postcard::to_allocvec(arguments).unwrap())
    }

    /// The API's: members ask it by their organisation's token only.
    pub fn is_of_programs(&self) -> bool {
        self.uri.starts_with("/api/")
    }

    /// The same with other secrets, of the same shape as the world's own.
    pub fn with_wrong_keys(mut self, world: &World) -> Self {
        let mut body = String::from_utf8(self.body).unwrap();
        for key in [world.token.as_str(), world.unpaid.as_str(), INVITED] {
            let wrong: String = key.chars().rev().collect();
            assert_ne!(key, wrong);
            self.uri = self.uri.replace(key, &wrong);
            body = body.replace(key, &wrong);
        }
        self.body = body.into_bytes();
        self
    }

    pub fn post(uri: impl Into<String>, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { method: Method::POST, uri: uri.into(), content_type, body, endless: false }
    }
}

/// How it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not for this person, or they are sent to the door.
    Refused,
    /// Anything else: even that a form is wrong is told to those only who may send it.
    Answered,
}

impl Verdict {
    pub fn of(answer: &Answer) -> Self {
        let refusal = |error: &AppError| matches!(error, AppError::SignInFirst | AppError::Forbidden | AppError::NotFound);
        let status = answer.status.as_u16();
        // Sent to the door, with a script or without one.
        if answer.header("location").contains("/sign-in") || answer.header("location").contains("/sign-up") {
            return Self::Refused;
        }
        let refused = match status {
            401 | 403 | 404 => true,
            // `Tried`: 0 and the value, or 1 and the error.
            200 if answer.header("content-type").contains("postcard") => match answer.body.split_first() {
                Some((1, error)) => postcard::from_bytes::<AppError>(error).is_ok_and(|error| refusal(&error)),
                _ => false,
            },
            _ => postcard::from_bytes::<AppError>(&answer.body).is_ok_and(|error| refusal(&error)),
        };
        if refused { Self::Refused } else { Self::Answered }
    }
}

pub struct World {
    pub app: TestApp,
    pub tour: Tour,
    pub order: OrderId,
    pub token: String,
    pub code: String,
    /// The token of an order that is held only, and its number.
    pub unpaid: String,
    pub unpaid_number: String,
    /// Sold at the counter.
    pub cash_order: OrderId,
    pub upload: UploadId,
    /// Another departure of the tour, with nobody on it.
    pub spare: DepartureId,
    pub invitation: Uuid,
    /// A member who is there to be removed.
    pub leaver: AccountId,
    pub other: Tour,
    /// A file of tours with something wrong in it.
    pub import: ImportId,
    /// The owner's own.
    pub view: SavedViewId,
    people: HashMap<Person, AccountId>,
    programs: HashMap<Person, String>,
}

impl World {
    pub async fn new(pool: PgPool) -> Self {
        let app = TestApp::new(pool);
        let soon = NOW.parse::<Timestamp>().unwrap() + SignedDuration::from_hours(2);
        let tour = app.tour(TourBuilder::new("one").starts_at(soon)).await;
        let other = app.tour(TourBuilder::new("two").starts_at(soon)).await;
        let mut people = HashMap::new();
        for role in EVERYONE {
            people.insert(Person::Member(role), person(&app, role.as_str(), Some((tour.organisation, role))).await);
        }
        people.insert(Person::OtherOwner, person(&app, "other", Some((other.organisation, Role::Owner))).await);
        people.insert(Person::WithoutOrganisation, person(&app, "nobody", None).await);
        let programs = HashMap::from([
            (Person::Member(Role::Manager), app.token("one").await),
            (Person::OtherOwner, app.token("two").await),
        ]);
        let (order, token, code) = sale(&app, &tour).await;
        let (unpaid, unpaid_number) = unpaid(&app, &tour).await;
        let upload = picture(&app, &tour).await;
        let spare = departure(&app, &tour).await;
        let cash_order = cash_sale(&app, &tour, spare).await;
        let leaver = person(&app, "leaver", Some((tour.organisation, Role::Gate))).await;
        let invitation = invitation(&app, &tour).await;
        let import = faulty_import(&app, &tour).await;
        let view = saved_view(&app, &tour, people[&Person::Member(Role::Owner)]).await;
        change(&app, &tour).await;
        Self {
            app,
            tour,
            order,
            token,
            code,
            unpaid,
            unpaid_number,
            cash_order,
            upload,
            spare,
            invitation,
            leaver,
            other,
            import,
            view,
            people,
            programs,
        }
    }

    pub fn has_program(&self, person: Person) -> bool {
        self.programs.contains_key(&person)
    }

    pub fn account(&self, person: Person) -> AccountId {
        self.people[&person]
    }

    /// Each time with a fresh session, for some of what is asked ends sessions. The API's handlers get a program's token.
    pub async fn ask(&self, person: Person, ask: Ask) -> Answer {
        // Whoever cropped the picture before has had it made.
        let made = sqlx::query("update uploads set state = 'ready' where state <> 'ready'");
        made.execute(&self.app.services.pool).await.unwrap();
        self.bring_back().await;
        if ask.endless {
            let cookie = match self.people.get(&person) {
                Some(account) => format!("sapar_session={}", self.session(*account).await),
                None => String::new(),
            };
            let (status, _) = self.app.listen(&ask.uri, &cookie).await;
            return Answer { status, headers: http::HeaderMap::new(), body: Vec::new() };
        }
        let mut request = Request::builder().method(&ask.method).uri(&ask.uri).header("sec-fetch-site", "same-origin");
        if !ask.content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, ask.content_type);
        }
        if ask.is_of_programs() {
            if let Some(token) = self.programs.get(&person) {
                request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            }
        } else if let Some(account) = self.people.get(&person) {
            request = request.header(header::COOKIE, format!("sapar_session={}", self.session(*account).await));
        }
        self.app.send(request.body(Body::from(ask.body)).unwrap()).await
    }

    /// Whoever left the first organisation before is a member again.
    async fn bring_back(&self) {
        let (accounts, roles): (Vec<Uuid>, Vec<&str>) =
            EVERYONE.iter().map(|role| (self.account(Person::Member(*role)).0, role.as_str())).unzip();
        let back = sqlx::query(
            "insert into members (organisation_id, account_id, role, created_at)
             select $1, account, role, $4::timestamptz from unnest($2::uuid[], $3::text[]) as member (account, role)
             on conflict do nothing",
        );
        let back = back.bind(self.tour.organisation.0).bind(accounts).bind(roles).bind(NOW);
        back.execute(&self.app.services.pool).await.unwrap();
    }

    pub async fn is_member(&self, person: Person) -> bool {
        let found = sqlx::query("select from members where organisation_id = $1 and account_id = $2");
        let found = found.bind(self.tour.organisation.0).bind(self.account(person).0);
        found.fetch_optional(&self.app.services.pool).await.unwrap().is_some()
    }

    /// A sale at the counter, each time another one.
    pub fn cash(&self) -> CashSale {
        cash(&self.app, &self.tour, self.spare)
    }

    async fn session(&self, account: AccountId) -> String {
        let ctx = &self.app.services.ctx;
        let cookie = ctx.code(40);
        let now = ctx.now().to_string();
        sqlx::query(
            "insert into sessions (id, token_digest, account_id, created_at, last_seen_at, expires_at)
             values (uuidv7(), $1, $2, $3::timestamptz, $3::timestamptz, $3::timestamptz + interval '1 day')",
        )
        .bind(digest(&cookie))
        .bind(account.0)
        .bind(now)
        .execute(&self.app.services.pool)
        .await
        .unwrap();
        cookie
    }

    /// Every row of every table, but of sessions, of what counts tries, and of tokens, which remember their last use.
    pub async fn fingerprint(&self) -> String {
        let pool = &self.app.services.pool;
        let tables = sqlx::query(
            "select tablename from pg_tables where schemaname = 'public'
             and tablename not in ('sessions', 'api_tokens', 'sign_in_failures', 'news', '_sqlx_migrations', 'search_words') order by tablename",
        );
        let tables: Vec<String> = tables.fetch_all(pool).await.unwrap().iter().map(|row| row.get(0)).collect();
        let each = tables
            .iter()
            .map(|t| format!("select '{t}' as name, md5(string_agg(r::text, '|' order by r::text)) as rows from {t} r"));
        let sql = format!(
            "select string_agg(name || ' ' || coalesce(rows, '-'), E'\\n' order by name) from ({}) t",
            each.collect::<Vec<_>>().join(" union all ")
        );
        sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap().get(0)
    }

    /// Whether the answer holds what only the first organisation may know.
    pub fn tells_secrets(&self, answer: &Answer) -> bool {
        names_people(answer) || String::from_utf8_lossy(&answer.body).contains(&self.code)
    }
}

/// Whether the answer names somebody of the first organisation's; a ticket's code is no name, and a page repeats what was typed.
pub fn names_people(answer: &Answer) -> bool {
    let body = String::from_utf8_lossy(&answer.body);
    SECRETS.iter().any(|secret| body.contains(secret))
}

async fn person(app: &TestApp, name: &str, membership: Option<(OrganisationId, Role)>) -> AccountId {
    let email = Email::parse(&format!("{name}@example.kz")).unwrap();
    let new = NewAccount { email: &email, name, password: "көлсай-2026", membership };
    let mut conn = app.services.conn().await.unwrap();
    accounts::create_account(&mut conn, &app.services.ctx, &new).await.unwrap()
}

fn owner(tour: &Tour) -> Actor {
    Actor {
        account: None,
        name: "Owner".into(),
        email: "owner@example.kz".into(),
        organisation: Some((tour.organisation, "one".into(), Role::Owner)),
        ..Actor::default()
    }
}

fn cash(app: &TestApp, tour: &Tour, departure: DepartureId) -> CashSale {
    CashSale { key: app.services.ctx.id(), lang: Lang::Ru, departure, lines: vec![(tour.adult, 1)], contact: CashForm::default() }
}

async fn cash_sale(app: &TestApp, tour: &Tour, departure: DepartureId) -> OrderId {
    let mut tx = app.services.begin().await.unwrap();
    let sale = cash(app, tour, departure);
    let order = tickets::sell_for_cash(&mut tx, &app.services.ctx, &owner(tour), &sale).await.unwrap();
    tx.commit().await.unwrap();
    order
}

async fn faulty_import(app: &TestApp, tour: &Tour) -> ImportId {
    let services = &app.services;
    let owner = owner(tour);
    let name = Sheet::Departures.name(Lang::Ru);
    let heading = Heading { place: 0, column: Some(Column::Tour), text: Column::Tour.heading(Lang::Ru) };
    let row = Row { number: 2, cells: vec![(0, Value::Text(SECRETS[0].into()))] };
    let raw =
        Raw { tables: vec![Table { sheet: Sheet::Departures, name: name.into(), headings: vec![heading], rows: vec![row] }] };
    let id = ImportId(services.ctx.id());
    let mut conn = services.conn().await.unwrap();
    importing::receive(&mut conn, &services.ctx, &owner, Lang::Ru, id, SECRETS[0], &raw).await.unwrap();
    let file = sapar_sheets::corrected(&raw, &[], Lang::Ru).unwrap();
    services.files.put(&importing::file_path(id).into(), file.into()).await.unwrap();
    id
}

/// A paid order of two, whose passenger nobody else knows.
async fn sale(app: &TestApp, tour: &Tour) -> (OrderId, String, String) {
    let mut wanted = body(vec![line(tour, 2)]);
    wanted["contact"] = json!({ "name": "Құпия Жолаушы", "phone": SECRETS[1], "email": SECRETS[3] });
    let placed = app.order(&format!("walk-{}", Uuid::from_u128(1)), &wanted).await.json();
    let (number, token) = (placed["number"].as_str().unwrap(), placed["token"].as_str().unwrap());
    app.provider.decide(number, Outcome::Succeeded);
    payments::poll(&app.services, token).await.unwrap();
    let mut tx = app.services.pool.begin().await.unwrap();
    let order = sapar_domain::orders::view(&mut tx, &app.services.ctx, token, Lang::Ru).await.unwrap().unwrap();
    tickets::issue(&mut tx, &app.services.ctx, order.id).await.unwrap();
    tx.commit().await.unwrap();
    let shown = app.get(&format!("/api/v1/orders/{token}")).await.json();
    (order.id, token.to_owned(), shown["tickets"][0]["code"].as_str().unwrap().to_owned())
}

/// The token and the number of an order that nobody has paid.
async fn unpaid(app: &TestApp, tour: &Tour) -> (String, String) {
    let mut tx = app.services.begin().await.unwrap();
    let lines = [CartLine { departure_id: tour.departure, ticket_type_id: tour.adult, quantity: 1 }];
    let placed = orders::place(&mut tx, &app.services.ctx, Lang::Ru, None, None, &lines).await.unwrap();
    tx.commit().await.unwrap();
    (placed.token, placed.number)
}

/// A picture of the tour's, made: what everybody may see, and what it was made from.
async fn picture(app: &TestApp, tour: &Tour) -> UploadId {
    let id = app.services.ctx.id();
    sqlx::query(
        "insert into uploads (id, organisation_id, listing_id, purpose, state, key, widths, width, height, color, created_at)
         values ($1, $2, $3, 'listing', 'ready', 'walk', '{480}', 480, 360, '#102030', $4::timestamptz)",
    )
    .bind(id)
    .bind(tour.organisation.0)
    .bind(tour.listing.0)
    .bind(NOW)
    .execute(&app.services.pool)
    .await
    .unwrap();
    let files = &app.services.files;
    files.put(&"pictures/walk-480.webp".into(), "a picture".into()).await.unwrap();
    files.put(&format!("masters/{id}.webp").into(), SECRETS[0].into()).await.unwrap();
    id.into()
}

async fn departure(app: &TestApp, tour: &Tour) -> DepartureId {
    let id = app.services.ctx.id();
    let pool = &app.services.pool;
    let made = sqlx::query(
        "insert into departures (id, listing_id, organisation_id, starts_at, ends_at)
         values ($1, $2, $3, $4::timestamptz + interval '30 days', $4::timestamptz + interval '31 days')",
    );
    made.bind(id).bind(tour.listing.0).bind(tour.organisation.0).bind(NOW).execute(pool).await.unwrap();
    let counter = sqlx::query("insert into stock (id, departure_id, capacity) values ($1, $2, 30)");
    counter.bind(app.services.ctx.id()).bind(id).execute(pool).await.unwrap();
    id.into()
}

/// Filters that the member keeps under a name that nobody else knows.
async fn saved_view(app: &TestApp, tour: &Tour, account: AccountId) -> SavedViewId {
    let id = app.services.ctx.id();
    sqlx::query(
        "insert into saved_views (id, account_id, organisation_id, place, name, listing_id, created_at)
         values ($1, $2, $3, 1, $4, $5, $6::timestamptz)",
    )
    .bind(id)
    .bind(account.0)
    .bind(tour.organisation.0)
    .bind(SECRETS[0])
    .bind(tour.listing.0)
    .bind(NOW)
    .execute(&app.services.pool)
    .await
    .unwrap();
    id.into()
}

/// The first organisation wants another name, for a reason that nobody else knows.
async fn change(app: &TestApp, tour: &Tour) {
    sqlx::query(
        "insert into organisation_changes (id, organisation_id, name, name_was, reason, state, created_at)
         values ($1, $2, 'Құпия Жол', 'one', 'Құпия', 'waiting', $3::timestamptz)",
    )
    .bind(app.services.ctx.id())
    .bind(tour.organisation.0)
    .bind(NOW)
    .execute(&app.services.pool)
    .await
    .unwrap();
}

async fn invitation(app: &TestApp, tour: &Tour) -> Uuid {
    let id = app.services.ctx.id();
    sqlx::query(
        "insert into invitations (id, organisation_id, email, role, lang, token_digest, created_at, sent_at, expires_at)
         values ($1, $2, 'invited@example.kz', 'gate', 'ru', $3, $4::timestamptz, $4::timestamptz, $4::timestamptz + interval '7 days')",
    )
    .bind(id)
    .bind(tour.organisation.0)
    .bind(digest(INVITED))
    .bind(NOW)
    .execute(&app.services.pool)
    .await
    .unwrap();
    id
}
